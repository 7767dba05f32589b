/** Languages spoken around the Caribbean and on the routes to it, ISO 639; the country's own come first. */
const spoken = 'en es ht fr pt nl pap srn jam gcf zh yue hi bn ur ne ta fil vi id ar ru uk qu ay ase'.split(' ')

/** No language of the list. */
export const otherLanguage = 'und'
/** Stateless, as machine-readable travel documents write it (ICAO Doc 9303, part 3, section 5). */
export const stateless = 'XXA'

// ISO 3166-1: two letters, which browsers know names for, then the three that are stored.
const countries =
  'AFAFG ALALB DZDZA ADAND AOAGO AIAIA AGATG ARARG AMARM AWABW AUAUS ATAUT AZAZE BSBHS BHBHR BDBGD BBBRB BYBLR BEBEL BZBLZ BJBEN BMBMU BTBTN BOBOL BABIH BWBWA BRBRA BNBRN BGBGR BFBFA BIBDI CVCPV KHKHM CMCMR CACAN KYCYM CFCAF TDTCD CLCHL CNCHN COCOL KMCOM CGCOG CDCOD CRCRI CICIV HRHRV CUCUB CWCUW CYCYP CZCZE DKDNK DJDJI DMDMA DODOM ECECU EGEGY SVSLV GQGNQ ERERI EEEST SZSWZ ETETH FJFJI FIFIN FRFRA GFGUF GAGAB GMGMB GEGEO DEDEU GHGHA GRGRC GDGRD GPGLP GTGTM GNGIN GWGNB GYGUY HTHTI HNHND HKHKG HUHUN ISISL ININD IDIDN IRIRN IQIRQ IEIRL ILISR ITITA JMJAM JPJPN JOJOR KZKAZ KEKEN KIKIR KPPRK KRKOR KWKWT KGKGZ LALAO LVLVA LBLBN LSLSO LRLBR LYLBY LILIE LTLTU LULUX MGMDG MWMWI MYMYS MVMDV MLMLI MTMLT MHMHL MQMTQ MRMRT MUMUS MXMEX FMFSM MDMDA MCMCO MNMNG MEMNE MSMSR MAMAR MZMOZ MMMMR NANAM NRNRU NPNPL NLNLD NZNZL NINIC NENER NGNGA MKMKD NONOR OMOMN PKPAK PWPLW PSPSE PAPAN PGPNG PYPRY PEPER PHPHL PLPOL PTPRT PRPRI QAQAT ROROU RURUS RWRWA KNKNA LCLCA VCVCT WSWSM SMSMR STSTP SASAU SNSEN RSSRB SCSYC SLSLE SGSGP SXSXM SKSVK SISVN SBSLB SOSOM ZAZAF SSSSD ESESP LKLKA SDSDN SRSUR SESWE CHCHE SYSYR TWTWN TJTJK TZTZA THTHA TLTLS TGTGO TOTON TTTTO TNTUN TRTUR TMTKM TCTCA TVTUV UGUGA UAUKR AEARE GBGBR USUSA UYURY UZUZB VUVUT VAVAT VEVEN VNVNM VGVGB VIVIR YEYEM ZMZMB ZWZWE'

const capital = (text: string, lang: string): string => text.charAt(0).toLocaleUpperCase(lang) + text.slice(1)

/** "Haitian Creole" for `ht`, in the reader's language; the code where the browser knows no name. */
export function languageName(code: string, lang: string): string {
  try {
    return capital(new Intl.DisplayNames([lang], { type: 'language' }).of(code) ?? code, lang)
  } catch {
    // Not of a language code's form.
    return code
  }
}

/** "Jamaica" for `JAM`, in the reader's language; the code of what stands in no list. */
export function countryName(code: string, lang: string): string {
  const two = countries.split(' ').find(pair => pair.slice(2) === code)
  return (two && new Intl.DisplayNames([lang], { type: 'region' }).of(two.slice(0, 2))) ?? code
}

/** A choice of a long list. */
export interface Named {
  readonly value: string
  readonly label: string
}

const byLabel = (lang: string) => (a: Named, b: Named) => a.label.localeCompare(b.label, lang)

/** Languages with their names in `lang`: the country's own, then the others by name. */
export function languageChoices(lang: string, own: readonly string[]): readonly Named[] {
  const named = (code: string): Named => ({ value: code, label: languageName(code, lang) })
  return [
    ...own.map(named),
    ...spoken
      .filter(code => !own.includes(code))
      .map(named)
      .sort(byLabel(lang)),
  ]
}

/** Countries with their names in `lang`, by name; stored as three letters. */
export function countryChoices(lang: string): readonly Named[] {
  const names = new Intl.DisplayNames([lang], { type: 'region' })
  return countries
    .split(' ')
    .map(pair => ({ value: pair.slice(2), label: names.of(pair.slice(0, 2)) ?? pair.slice(2) }))
    .sort(byLabel(lang))
}
