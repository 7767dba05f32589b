-- A person may give a passkey another name.
grant update (label) on auth.passkey to samaan_app;
