"""Reads what was typed, by nature of field; every refusal says what is wrong and what to type instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from cyclades_tui.champs.specification import Champ, Nature, Valeur
from cyclades_tui.domaine.erreurs import Faute
from cyclades_tui.domaine.temps import age, jour_court
from cyclades_tui.domaine.texte import (
    accorder,
    denombrer,
    hors_repertoire,
    lire_les_signes,
    nfc,
    nommer_caractere,
    plier,
)

_INE = (r"^[0-9]{9}[A-Z]{2}$", r"^[0-9]{10}[A-Z]$", r"^[0-9]{4}A[0-9]{5}[A-Z]$")
_DATE = re.compile(r"^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{1,4})$|^(\d{2})(\d{2})(\d{4})$")
_SANS_JOUR = (
    re.compile(r"(?:(?P<jour>[0-9]{1,2})[/.\- ])?(?P<mois>[0-9]{1,2})[/.\- ](?P<annee>[0-9]{4})"),
    re.compile(r"(?P<jour>[0-9]{2})(?P<mois>[0-9]{2})(?P<annee>[0-9]{4})"),
    re.compile(r"(?P<annee>[0-9]{4})(?:-(?P<mois>[0-9]{2})(?:-(?P<jour>[0-9]{2}))?)?"),
)
_PREMIERE_ANNEE, _MOIS_MAX = 1900, 12
_REGIONS_FRANCE = ("FR", "GF", "GP", "MQ", "RE", "YT", "PM", "BL", "MF", "NC", "PF", "WF")
_NUMERO_COURT = r"[1-9][0-9]{5}(?:[0-9]{2})?"  # six digits, eight in Polynésie
_EXEMPLE_DE_NUMERO = "Exemple : 0623456789 ou +33623456789."
_EXEMPLE_DE_DATE = "Tapez jour, mois, année, par exemple 30/05/1998."
_EN_LETTRES = re.compile(r"([0-9]{1,2})(?:ER)? ([A-Z]{3,9}) ([0-9]{2,4})")
_LETTRE = re.compile(r"[a-zA-Z]")
_DATE_MAX = 20  # « 1er septembre 1985 »
_MOIS = ("JANV", "FEV", "MARS", "AVR", "MAI", "JUIN", "JUIL", "AOUT", "SEPT", "OCT", "NOV", "DEC")
_OUI, _NON = {"OUI", "O", "TRUE", "1"}, {"NON", "N", "FALSE", "0"}
AGE_MINIMAL, AGE_MAXIMAL = 10, 110
SECRET_MIN, SECRET_MAX = 8, 20
FORME_NOM = "lettres, espaces, traits d'union et apostrophes"
FORME_INE = "onze signes : 9 chiffres et 2 lettres, ou 10 chiffres et 1 lettre"
_SIGNES_D_UN_NOM = " -'."
_NOMMES = 5  # refused signs that a sentence names
_RETIRER = ("Retirez-le.", "Retirez-les.")  # by whether there are several
_MASQUE = "*" * SECRET_MIN  # shown for any password, so that its length does not show
_EXEMPLES_SPECIAUX = "Ajoutez par exemple . / ! ou *"


class Territoire(NamedTuple):
    """An overseas territory with a numbering of its own."""

    region: str
    nom: str
    indicatif: str


# By the beginning of the postal codes.
TERRITOIRES = {
    "988": Territoire("NC", "Nouvelle-Calédonie", "+687"),
    "986": Territoire("WF", "Wallis-et-Futuna", "+681"),
    "987": Territoire("PF", "Polynésie française", "+689"),
    "975": Territoire("PM", "Saint-Pierre-et-Miquelon", "+508"),
}


class Refus(Exception):
    """A value that cannot be read: why, and what to do."""

    def __init__(self, code: str, message: str, remede: str) -> None:
        super().__init__(message)
        self.code, self.message, self.remede = code, message, remede

    def faute(self, champ: str) -> Faute:
        return Faute(f"format.{self.code}", champ, self.message, self.remede)


def lire(champ: Champ, brut: str, jour: date, *, code_postal: str = "") -> Valeur:
    """Read `brut` (not blank) for the natures that need no list; `jour` is today in Paris. Raises Refus."""
    if champ.nature is Nature.MOT_DE_PASSE:
        return _mot_de_passe(champ, brut)
    texte = nfc(lire_les_signes(brut, libre=champ.nature is Nature.TEXTE))
    _refuser_caracteres(texte)
    if champ.nature is Nature.DATE_NAISSANCE:
        texte = _le_mois_en_chiffres(texte)
    _refuser_longueur(champ, texte)
    if champ.nature is Nature.ANNEE:
        return _annee(texte, champ, jour)
    if champ.nature is Nature.DATE_NAISSANCE:
        return _date_naissance(texte, jour)
    if champ.nature is Nature.TELEPHONE:
        return _telephone(texte, code_postal)
    return _LECTEURS.get(champ.nature, Valeur.simple)(texte)


def _refuser_caracteres(texte: str) -> None:
    refuses = hors_repertoire(texte)
    if refuses:
        noms = ", ".join(nommer_caractere(c) for c in refuses[:_NOMMES])
        raise Refus(
            "caractere", f"Caractère non accepté : {noms}.", "Retirez-le, ou tapez la lettre latine la plus proche."
        )


def _refuser_longueur(champ: Champ, texte: str) -> None:
    if len(texte) > champ.longueur:
        raise Refus("longueur", f"{len(texte)} caractères pour {champ.longueur} au plus.", "Abrégez.")


def _nom(texte: str) -> Valeur:
    refuses = tuple(dict.fromkeys(c for c in texte if not (c.isalpha() or c in _SIGNES_D_UN_NOM)))
    if refuses:
        raise Refus(
            "nom", f"{_ne_vont_pas(refuses)} : un nom s'écrit avec des {FORME_NOM}.", _RETIRER[len(refuses) > 1]
        )
    if not any(c.isalpha() for c in texte):
        raise Refus("nom", f"Un nom s'écrit avec des {FORME_NOM}.", "Corrigez-le.")
    return Valeur.simple(re.sub(r"\s+", " ", texte))


def _ne_vont_pas(refuses: Sequence[str]) -> str:
    noms = " ".join(refuses[:_NOMMES])
    suite = " et d'autres" if len(refuses) > _NOMMES else ""
    return f"Les signes {noms}{suite} ne vont pas ici" if len(refuses) > 1 else f"Le signe {noms} ne va pas ici"


def _prenoms(texte: str) -> Valeur:
    """As a name; people and civil-status documents set commas between first names."""
    return _nom(" ".join(texte.replace(",", " ").split()))


def lire_date(texte: str) -> date:
    """Read a day as people type it: 6/5/2005, 06.05.2005, 06052005, or ISO from a file. Raises Refus."""
    try:
        return date.fromisoformat(texte) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", texte) else _date_francaise(texte)
    except ValueError:
        raise Refus("date", f"Le {texte} n'existe pas.", "Vérifiez le jour et le mois.") from None


def _le_mois_en_chiffres(texte: str) -> str:
    """`12/03/1985` for 12 mars 1985; any other text as it is."""
    lu = _EN_LETTRES.fullmatch(plier(texte)) if len(texte) <= _DATE_MAX and _LETTRE.search(texte) else None
    mois = [rang for rang, debut in enumerate(_MOIS, 1) if lu is not None and lu[2].startswith(debut)]
    return f"{lu[1].zfill(2)}/{mois[0]:02}/{lu[3]}" if lu is not None and mois else texte


def _date_francaise(texte: str) -> date:
    trouve = _DATE.match(texte)
    if trouve is None:
        raise Refus("date", "Ce n'est pas une date.", _EXEMPLE_DE_DATE)
    jour, mois, annee = (groupe for groupe in trouve.groups() if groupe is not None)
    if len(annee) != 4:
        combien = ("un chiffre", "deux chiffres", "trois chiffres")[len(annee) - 1]
        raise Refus("date", f"L'année a {combien}.", "Tapez-la en entier, par exemple 2005.")
    return date(int(annee), int(mois), int(jour))


def _date_naissance(texte: str, jour: date) -> Valeur:
    _dire_le_jour_inconnu(texte)
    naissance = lire_date(texte)
    ans = age(naissance, jour)
    if naissance > jour:
        raise Refus("date", f"Le {jour_court(naissance)} est dans l'avenir.", "Vérifiez l'année de naissance.")
    if not AGE_MINIMAL <= ans <= AGE_MAXIMAL:
        raise Refus("date", f"Cette date donne {ans} ans.", "Vérifiez l'année de naissance.")
    return Valeur(naissance.isoformat(), jour_court(naissance), jour_court(naissance))


def _dire_le_jour_inconnu(texte: str) -> None:
    """Raises Refus for 00/00/1985, XX/XX/1985, 00/05/1985, 05/1985, 1985: a paper may tell no more than that."""
    chiffres = re.sub(r"[xX?_]", "0", texte).replace("--", "00")
    for motif in _SANS_JOUR:
        if lu := motif.fullmatch(chiffres):
            jour, mois, annee = (int(lu[groupe] or 0) for groupe in ("jour", "mois", "annee"))
            if jour == 0 and mois <= _MOIS_MAX and annee >= _PREMIERE_ANNEE:
                manque = "Le jour manque" if mois else "Le jour et le mois manquent"
                ecrire = f"tapez 01/{mois or 1:02}/{annee} et prévenez le service des examens"
                remede = f"Reprenez la date de la pièce d'identité ; si elle n'en dit pas plus, {ecrire}."
                raise Refus("date", f"{manque}.", remede)
            return


def _annee(texte: str, champ: Champ, jour: date) -> Valeur:
    if not re.fullmatch(r"[0-9]{4}", texte):
        raise Refus("annee", "Une année a quatre chiffres.", "Par exemple 2022.")
    if int(texte) < champ.depuis:
        message = f"{texte} est avant {champ.depuis}, première année admise pour {champ.annee_de}."
        raise Refus("annee", message, champ.plus_tot or "Vérifiez l'année.")
    if int(texte) > jour.year:
        raise Refus("annee", f"{texte} n'est pas encore arrivée.", "Vérifiez l'année.")
    return Valeur.simple(texte)


def _note(texte: str) -> Valeur:
    try:
        note = Decimal(texte.replace(",", "."))
    except InvalidOperation:
        note = Decimal(-1)
    if not re.fullmatch(r"[0-9]{1,2}([.,][0-9]{1,2})?", texte) or not 0 <= note <= 20:
        raise Refus("note", f"« {texte} » n'est pas une note sur 20.", "Par exemple 12,5.")
    canonique = f"{note.normalize():f}"
    return Valeur(canonique, canonique.replace(".", ","), canonique.replace(".", ","))


def _oui_non(texte: str) -> Valeur:
    reponse = plier(texte)
    if reponse in _OUI:
        return Valeur("oui", "Oui", "OUI")
    if reponse in _NON:
        return Valeur("non", "Non", "NON")
    raise Refus("oui-non", f"« {texte} » n'est pas une réponse.", "Répondez par Oui ou par Non.")


def _case(texte: str) -> Valeur:
    reponse = _oui_non(texte)
    return reponse if reponse.valeur == "oui" else Valeur("", "Non", "NON")


def _code_postal(texte: str) -> Valeur:
    return Valeur.simple(texte.replace(" ", ""))


def lire_code_postal_france(texte: str) -> None:
    """Check a French postal code. Raises Refus unless it is five digits."""
    if not re.fullmatch(r"[0-9]{5}", texte):
        manque = 5 - len(texte)
        if texte.isdigit() and manque > 0:
            message = accorder(manque, "Il manque un chiffre.", f"Il manque {manque} chiffres.")
            raise Refus("code-postal", message, "Exemple : 97300.")
        raise Refus("code-postal", "Un code postal de France a cinq chiffres.", "Exemple : 97300.")


def _email(texte: str) -> Valeur:
    from email_validator import EmailNotValidError, validate_email

    try:
        lue = validate_email(texte, check_deliverability=False)
    except EmailNotValidError:
        raise Refus("email", f"« {texte} » n'est pas une adresse mail.", "Exemple : nom.prenom@domaine.fr.") from None
    return Valeur.simple(lue.normalized)


def _telephone(texte: str, code_postal: str) -> Valeur:
    """Read a number: ten digits where it is of France, printed by pairs (F175, F487), else with its + and indicatif.

    A short number is of the territory of the address, whose numbering has no leading 0; elsewhere it is refused.
    """
    import phonenumbers

    ici = TERRITOIRES.get(code_postal[:3])
    chiffres = re.sub(r"[ .\-/()]", "", texte)
    court = re.fullmatch(_NUMERO_COURT, chiffres) is not None
    connus = ", ".join(f"{territoire.indicatif} {territoire.nom}" for territoire in TERRITOIRES.values())
    if court and ici is None:
        message = f"« {texte} » a {len(chiffres)} chiffres et l'adresse ne dit pas de quel territoire il est."
        raise Refus("telephone", message, f"Tapez-le avec son indicatif : {connus}.")
    lus = [(texte, region) for region in _REGIONS_FRANCE]
    if ici is not None and (court or re.fullmatch(rf"{ici.indicatif[1:]}{_NUMERO_COURT}", chiffres)):
        lus = [(chiffres, ici.region), (f"+{chiffres}", ici.region)] if court else [(f"+{chiffres}", ici.region)]
    for tape, region in lus:
        try:
            numero = phonenumbers.parse(tape, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(numero):
            return _telephone_lu(numero, phonenumbers.region_code_for_number(numero))
    if court and ici is not None:
        message = f"« {texte} » n'est pas un numéro de {ici.nom}, où est l'adresse."
        raise Refus("telephone", message, f"Corrigez-le, ou tapez-le avec son indicatif : {connus}.")
    raise Refus("telephone", f"« {texte} » n'est pas un numéro valide.", _EXEMPLE_DE_NUMERO)


def _telephone_lu(numero: object, region: str | None) -> Valeur:
    import phonenumbers

    assert isinstance(numero, phonenumbers.PhoneNumber)  # noqa: S101 - narrows an untyped library value
    national = phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.NATIONAL)
    chiffres = re.sub(r"\D", "", national)
    if region in _REGIONS_FRANCE and len(chiffres) == 10:
        return Valeur(chiffres, chiffres, par_paires(chiffres))
    international = phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    compact = re.sub(r"[^\d+]", "", international)
    return Valeur(compact, compact, international)


def par_paires(chiffres: str) -> str:
    """`0594272243` becomes `05 94 27 22 43` (F487)."""
    return " ".join(chiffres[i : i + 2] for i in range(0, len(chiffres), 2))


def _ine(texte: str) -> Valeur:
    ine = texte.replace(" ", "").upper()
    if not any(re.match(motif, ine) for motif in _INE):
        raise Refus("ine", f"Un INE a {FORME_INE}.", "Exemple : 088553495DY. Laissez vide si vous n'en avez pas.")
    return Valeur.simple(ine)


@dataclass(frozen=True, slots=True)
class ConditionMotDePasse:
    """One condition of a password, named and ticked on the screen."""

    libelle: str
    tenue: bool


def composer_mot_de_passe(texte: str) -> str:
    """The composed form, equal on every keyboard; spaces at the ends are part of a password."""
    return unicodedata.normalize("NFC", texte)


def conditions_du_mot_de_passe(texte: str) -> tuple[ConditionMotDePasse, ...]:
    """The four conditions, the length first, each with whether `texte` meets it (F126-F128)."""
    secret = composer_mot_de_passe(texte)
    return (
        ConditionMotDePasse(f"{SECRET_MIN} à {SECRET_MAX} caractères", SECRET_MIN <= len(secret) <= SECRET_MAX),
        ConditionMotDePasse("une minuscule", any(c.islower() for c in secret)),
        ConditionMotDePasse("une majuscule", any(c.isupper() for c in secret)),
        ConditionMotDePasse("un caractère spécial", any(not c.isalnum() and not c.isspace() for c in secret)),
    )


def _mot_de_passe(champ: Champ, brut: str) -> Valeur:
    """Read a password; a refusal quotes no character of it, because others may see the screen."""
    secret = composer_mot_de_passe(brut)
    if hors_repertoire(secret):
        remede = "Tapez seulement les lettres, chiffres et signes du clavier."
        raise Refus("mot-de-passe", "Un de ses caractères n'est pas accepté.", remede)
    _refuser_longueur(champ, secret)
    longueur, *signes = conditions_du_mot_de_passe(secret)
    phrases = (
        []
        if longueur.tenue
        else [f"Il a {denombrer(len(secret), 'caractère')}, il en faut {SECRET_MIN} à {SECRET_MAX}."]
    )
    manquent = [condition.libelle for condition in signes if not condition.tenue]
    if manquent:
        phrases.append(f"Il manque {' et '.join(filter(None, (', '.join(manquent[:-1]), manquent[-1])))}.")
    if phrases:
        raise Refus("mot-de-passe", " ".join(phrases), "Corrigez-le." if signes[-1].tenue else _EXEMPLES_SPECIAUX)
    return Valeur(secret, _MASQUE, "")


_LECTEURS: dict[Nature, Callable[[str], Valeur]] = {
    Nature.NOM: _nom,
    Nature.PRENOMS: _prenoms,
    Nature.NOTE: _note,
    Nature.OUI_NON: _oui_non,
    Nature.CASE: _case,
    Nature.CODE_POSTAL: _code_postal,
    Nature.EMAIL: _email,
    Nature.INE: _ine,
}
