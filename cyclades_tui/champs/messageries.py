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
    if nom in _SEULS:
        return min((f for f in _FOURNISSEURS if f.startswith(f"{nom}.")), key=lambda f: (_ecart(domaine, f), f))
    proche = min(_FOURNISSEURS, key=lambda f: (min(_ecart(domaine, f), _ecart(corrige, f)), f))
    permis = 2 if len(domaine) >= _LONG and nom[:1] == proche[:1] else 1
    if len(nom) > 3 and min(_ecart(domaine, proche), _ecart(corrige, proche)) <= permis:
        return proche
    return corrige if juste != fin and fin not in _FINS_REELLES else ""


def _ecart(a: str, b: str) -> int:
    """How many signs are added, lost, changed or swapped with the next; beyond 2 it only says « more »."""
    if abs(len(a) - len(b)) > 2:
        return 3
    avant: list[int] = []
    ligne = list(range(len(b) + 1))
    for i, signe in enumerate(a, 1):
        plus_haut, avant, ligne = avant, ligne, [i]
        for j, autre in enumerate(b, 1):
            cout = min(avant[j] + 1, ligne[j - 1] + 1, avant[j - 1] + (signe != autre))
            if i > 1 and j > 1 and signe == b[j - 2] and a[i - 2] == autre:
                cout = min(cout, plus_haut[j - 2] + 1)
            ligne.append(cout)
    return ligne[-1]
