"""Whether an e-mail address looks like a slip for one of a great provider: `gmial.com`, `orange.f`, `hotmail.con`."""

from __future__ import annotations

# Those of most candidates, and real ones that look like them. What is not here is not doubted for that alone.
_FOURNISSEURS = frozenset(
    f"{nom}.{fin}"
    for nom, fins in {
        "gmail": "com",
        "googlemail": "com",
        "hotmail": "com fr be ch it es de co.uk",
        "outlook": "com fr be es de it pt",
        "live": "com fr be ca",
        "yahoo": "com fr ca es it de be co.uk",
        "orange": "fr",
        "wanadoo": "fr",
        "free": "fr",
        "sfr": "fr",
        "neuf": "fr",
        "laposte": "net",
        "icloud": "com",
        "aol": "com fr",
        "gmx": "fr com net de",
        "mail": "com fr pf ru",
        "email": "com",
        "me": "com",
        "proton": "me",
        **dict.fromkeys(("msn", "ymail", "rocketmail", "mac", "dbmail", "protonmail", "tutanota", "zoho"), "com"),
        **dict.fromkeys(("numericable", "bbox", "club-internet", "noos", "voila", "caramail", "only"), "fr"),
        "aliceadsl": "fr",
        "cegetel": "net",
        **dict.fromkeys(("mediaserv", "cheznoo"), "net"),
        **dict.fromkeys(("lagoon", "mls", "canl", "offratel"), "nc"),
        **dict.fromkeys(("skynet", "telenet"), "be"),
        "yandex": "com ru",
    }.items()
    for fin in fins.split()
)
# What these names are followed by is known whole: gmail.fr or hotmail.co are no addresses of theirs.
_SEULS = frozenset(("gmail", "googlemail", "hotmail", "outlook", "yahoo", "icloud", "wanadoo", "laposte", "protonmail"))
_FINS = {
    fautive: juste
    for juste, fautives in {
        "com": "con cmo ocm comm coom cim vom xom dom c cm co.m om cpm",
        "fr": "f r rf ft fe frr ffr fre gr.fr fr.fr ftr",
        "net": "n nett ney ner nte met",
        "org": "orgg ogr or",
    }.items()
    for fautive in fautives.split()
}
_FINS_REELLES = frozenset(("cm", "om", "fe", "gr.fr", "co.m", "or", "met"))  # a country's, or someone's
_LONG = 10  # signs from which two slips are still a likeness


def domaine_ressemblant(email: str) -> str:
    """The provider that the domain of `email` looks like without being it; empty for none."""
    domaine = email.rpartition("@")[2].casefold()
    if domaine in _FOURNISSEURS:
        return ""
    nom, _, fin = domaine.partition(".")
    juste = _FINS.get(fin, fin)
    corrige = f"{nom}.{juste}"
    if corrige in _FOURNISSEURS:
        return corrige
    from rapidfuzz.distance import OSA  # lazily: most addresses are a great provider's, and its import takes 25 ms

    if nom in _SEULS:
        return min((OSA.distance(domaine, f), f) for f in _FOURNISSEURS if f.startswith(f"{nom}."))[1]
    ecart, proche = min((OSA.distance(lu, f), f) for lu in (domaine, corrige) for f in _FOURNISSEURS)
    permis = 2 if len(domaine) >= _LONG and nom[:1] == proche[:1] else 1
    if len(nom) > 3 and ecart <= permis:
        return proche
    return corrige if juste != fin and fin not in _FINS_REELLES else ""
