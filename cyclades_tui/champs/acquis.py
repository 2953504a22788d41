"""The fields of the tabs Acquis and Épreuves, which depend on the spécialité (F205-F248)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cyclades_tui.champs.specification import TOUJOURS, Champ, Condition, Nature
from cyclades_tui.domaine.onglets import NomOnglet

if TYPE_CHECKING:
    from cyclades_tui.referentiel.chargement import Referentiel
    from cyclades_tui.referentiel.schema import Benefice, Diplome, Epreuve, Titre

MEME, AUTRE, TITRE, VAE = "meme_specialite", "autre_specialite", "titre", "vae"
_PROGRESSIVE = (Condition("vaut", "qualification.forme_finale", ("progressive",)),)
_DECLARATIONS = {
    MEME: "Cochée, elle fait saisir cette session et ses notes, à garder ou à repasser épreuve par épreuve.",
    AUTRE: "Cochée, elle fait saisir cette session et ses notes dans les matières générales. Ce sont les seules qui se "
    "reportent d'une spécialité à l'autre.",
    TITRE: "Cochée, elle montre les titres et diplômes qui dispensent d'épreuves. Cochez ensuite les vôtres : une "
    "copie du diplôme vous sera demandée.",
    VAE: "Cochée, elle fait saisir le jury de VAE et les unités qu'il a validées. Sa décision vous sera demandée.",
}
_REPASSER = (
    "Un titre que vous déclarez dispense de cette épreuve, mais vous pouvez la repasser. Elle redevient alors "
    "« Inscrit » à l'onglet Épreuves, et c'est la note de cette session qui comptera."
)
_SUR_LE_DIPLOME = "comme sur le diplôme. Le récapitulatif l'imprime avec l'acquis déclaré."
_SUR_LE_RELEVE = "Elle est en tête du relevé de notes, qui peut vous être demandé."


def declaration(identifiant: str) -> str:
    """The field id of the box of a declaration."""
    return f"acquis.declaration.{identifiant}"


def case_titre(titre: str) -> str:
    return f"acquis.titre.{titre}.declare"


def case_population(population: str) -> str:
    return f"acquis.population.{population}"


def case_repasser(code: str) -> str:
    """The field id of « je repasse cette épreuve »: one answer for the candidature, whichever title dispenses it."""
    return f"acquis.repasser.{code}"


def note(source: str, code: str) -> str:
    """The dotted prefix of a note obtained in a former session; `source` is MEME or AUTRE."""
    return f"acquis.{source}.notes.{code}"


def case_vae(code: str) -> str:
    return f"acquis.vae.unites.{code}"


def position(code: str) -> str:
    return f"epreuves.{code}.position"


def choix(epreuve: Epreuve) -> str:
    """The field id of a choice in an épreuve: `epreuves.EF1.langue`, `epreuves.EF2.pays`."""
    return f"epreuves.{epreuve.code}.{epreuve.choix}"


def champs_acquis(referentiel: Referentiel, diplome: Diplome, annee: int, groupe: str) -> tuple[Champ, ...]:
    """The declarations, titles, notes of former sessions, VAE and population dispenses that the spécialité offers."""
    dispenses = referentiel.dispenses_de(diplome.examen)
    sigle = referentiel.examens[diplome.examen].sigle
    passees = tuple(epreuve for epreuve in diplome.unites(annee, groupe) if epreuve.obligatoire)
    libelles = {d.id: d.libelle.replace("{DIPLOME}", sigle) for d in dispenses.declaration}
    titres = referentiel.titres_offerts(diplome, annee, groupe)
    generales = {code for code, matiere in referentiel.matieres.items() if matiere.generale}
    matieres_des_titres = {matiere for titre in titres for matiere in titre.matieres}
    garde = _conservation(referentiel.examens[diplome.examen].benefice)
    champs = [
        _case(declaration(i), libelle, "Cochez si c'est votre cas", _DECLARATIONS[i]) for i, libelle in libelles.items()
    ]
    champs += _session_anterieure(MEME, passees, garde)
    champs += _session_anterieure(AUTRE, tuple(e for e in passees if e.matiere in generales), garde)
    for titre in titres:
        champs += _titre(titre)
    champs += [
        _case(case_repasser(e.code), f"{e.code} : {e.libelle}", "Cochez pour la passer malgré la dispense", _REPASSER)
        for e in passees
        if e.matiere in matieres_des_titres
    ]
    champs += _vae(passees)
    for population in referentiel.populations_offertes(diplome, annee, groupe):
        explication = (
            "Cette dispense ne vaut que si vous la cochez. L'épreuve passe alors à « Dispense » à l'onglet Épreuves. "
            f"Texte : {population.regle}."
        )
        aide = "Dispense à demander, selon votre situation"
        champs.append(_case(case_population(population.id), population.libelle, aide, explication))
    return tuple(champs)


def champs_epreuves(diplome: Diplome, annee: int, groupe: str) -> tuple[Champ, ...]:
    """What the candidate chooses: position of optional units (of all units in progressive form), language, country."""
    champs: list[Champ] = []
    decidees, parmi = diplome.unites(annee, groupe), diplome.au_choix(annee, groupe)
    for epreuve in diplome.arbre(annee, groupe):
        titre = f"{epreuve.code} : {epreuve.libelle}"
        if epreuve in decidees:
            choisie = epreuve.serie == "facultative" or epreuve.code in parmi
            champs.append(
                Champ(
                    position(epreuve.code),
                    f"{titre} : position",
                    Nature.CHOIX,
                    NomOnglet.EPREUVES,
                    titre,
                    "Inscrit : vous la passez",
                    liste="positions",
                    condition=() if choisie else _PROGRESSIVE,
                    obligatoire=None,
                    defaut="non-inscrit" if choisie else "inscrit",
                    explication=_explication_de_la_position(epreuve, parmi),
                )
            )
        if epreuve.choix:
            libelle = "Langue" if epreuve.choix == "langue" else "Pays"
            champs.append(
                Champ(
                    choix(epreuve),
                    f"{titre} : {libelle.lower()}",
                    Nature.CHOIX,
                    NomOnglet.EPREUVES,
                    titre,
                    f"{libelle} de cette épreuve",
                    exemple="Anglais" if epreuve.choix == "langue" else "Lettonie",
                    liste=_liste_du_choix(epreuve),
                    obligatoire=None,
                    explication=_explication_du_choix(epreuve),
                )
            )
    return tuple(champs)


def _explication_de_la_position(epreuve: Epreuve, parmi: frozenset[str]) -> str:
    if epreuve.code in parmi:
        return _AU_CHOIX
    return _FACULTATIVE if epreuve.serie == "facultative" else _EN_PROGRESSIVE


_AU_CHOIX = (
    "Le diplôme fait choisir entre plusieurs épreuves : répondez « Inscrit » à celle que vous passez. Les autres "
    "restent à « Non Inscrit »."
)
_FACULTATIVE = (
    "Une épreuve facultative n'est passée que si vous choisissez « Inscrit ». Elle demande alors une langue ou un pays "
    "quand elle en a plusieurs."
)
_EN_PROGRESSIVE = (
    "En forme progressive, vous choisissez les épreuves de cette session, une au moins. Celles que vous laissez à "
    "« Non Inscrit » se passeront à une autre session."
)


def _explication_du_choix(epreuve: Epreuve) -> str:
    if epreuve.choix == "pays":
        return "Le pays où s'est passée votre mobilité, hors de France. Le récapitulatif l'imprime avec l'épreuve."
    suite = f" Elle doit différer de celle de {epreuve.different_de}." if epreuve.different_de else ""
    return f"La langue dans laquelle vous passerez cette épreuve. Le récapitulatif l'imprime avec l'épreuve.{suite}"


def _conservation(benefice: Benefice) -> str:
    """How long a note is kept, and from which mark if the form of passage requires one."""
    seuils = "".join(
        f" ; en forme {forme}, à partir de {seuil} sur 20" for forme, seuil in benefice.seuil.items() if seuil
    )
    return f"Une note peut être conservée {benefice.annees} ans{seuils}. Texte : {benefice.source}."


def _liste_du_choix(epreuve: Epreuve) -> str:
    if epreuve.choix == "pays":
        return "pays_mobilite"
    return "langues" if epreuve.serie == "facultative" else "langues_obligatoires"


def _case(
    identifiant: str, libelle: str, aide: str, explication: str, condition: tuple[Condition, ...] = TOUJOURS
) -> Champ:
    return Champ(
        identifiant,
        libelle,
        Nature.CASE,
        NomOnglet.ACQUIS,
        "Acquis",
        aide,
        condition=condition,
        obligatoire=None,
        explication=explication,
    )


@dataclass(frozen=True, slots=True)
class _Depuis:
    """The first year accepted, and the thing that the year belongs to."""

    annee: int
    de: str
    des_l_age: int = 14
    plus_tot: str = ""


_SESSION = _Depuis(1990, "une session")


def _annee(
    identifiant: str, libelle: str, explication: str, condition: tuple[Condition, ...], depuis: _Depuis
) -> Champ:
    return Champ(
        identifiant,
        libelle,
        Nature.ANNEE,
        NomOnglet.ACQUIS,
        "Acquis",
        "Quatre chiffres",
        exemple="2022",
        condition=condition,
        longueur=4,
        depuis=depuis.annee,
        annee_de=depuis.de,
        des_l_age=depuis.des_l_age,
        plus_tot=depuis.plus_tot,
        explication=explication,
    )


def _academie(identifiant: str, libelle: str, explication: str, condition: tuple[Condition, ...]) -> Champ:
    return Champ(
        identifiant,
        libelle,
        Nature.CHOIX,
        NomOnglet.ACQUIS,
        "Acquis",
        "Comme sur le diplôme ou le relevé",
        exemple="AIX-MARSEILLE",
        liste="academies",
        condition=condition,
        explication=explication,
    )


def _titre(titre: Titre) -> Iterator[Champ]:
    prefixe = f"acquis.titre.{titre.id}"
    declare = (Condition("rempli", declaration(TITRE)),)
    explication = (
        "À cocher si vous avez obtenu ce titre : il dispense d'épreuves de cette spécialité. Elles s'affichent "
        f"dessous, et vous pouvez en repasser. Texte : {titre.regle}."
    )
    yield _case(case_titre(titre.id), titre.libelle, "Titre que vous avez obtenu", explication, declare)
    detenu = (*declare, Condition("rempli", case_titre(titre.id)))
    depuis = _Depuis(titre.depuis, "ce titre", titre.des_l_age, titre.plus_tot)
    explication = f"L'année où vous avez obtenu ce titre, {_SUR_LE_DIPLOME}"
    yield _annee(f"{prefixe}.annee", f"Année ({titre.libelle})", explication, detenu, depuis)
    explication = f"L'académie où vous avez obtenu ce titre, {_SUR_LE_DIPLOME}"
    yield _academie(f"{prefixe}.academie", f"Académie ({titre.libelle})", explication, detenu)


def _session_anterieure(source: str, unites: tuple[Epreuve, ...], garde: str) -> Iterator[Champ]:
    declaree = (Condition("rempli", declaration(source)),)
    explication = f"L'année de la session où vous vous êtes présenté. {_SUR_LE_RELEVE}"
    yield _annee(f"acquis.{source}.session", "Session présentée", explication, declaree, _SESSION)
    explication = f"L'académie où vous vous êtes présenté à cette session. {_SUR_LE_RELEVE}"
    yield _academie(f"acquis.{source}.academie", "Académie de cette session", explication, declaree)
    if source == AUTRE:
        yield Champ(
            f"acquis.{source}.specialite",
            "Spécialité présentée à cette session",
            Nature.TEXTE,
            NomOnglet.ACQUIS,
            "Acquis",
            "Comme sur le relevé de notes",
            condition=declaree,
            longueur=100,
            explication=f"Celle que vous prépariez alors, qui n'est pas celle d'aujourd'hui. {_SUR_LE_RELEVE}",
        )
    for epreuve in unites:
        yield from _note_anterieure(note(source, epreuve.code), epreuve, declaree, garde)


def _note_anterieure(prefixe: str, epreuve: Epreuve, declaree: tuple[Condition, ...], garde: str) -> Iterator[Champ]:
    titre = f"{epreuve.code} : {epreuve.libelle}"
    notee = (*declaree, Condition("rempli", f"{prefixe}.note"))
    yield Champ(
        f"{prefixe}.note",
        f"{titre} : note obtenue",
        Nature.NOTE,
        NomOnglet.ACQUIS,
        "Acquis",
        "Sur 20, comme sur le relevé de notes",
        exemple="12,5",
        condition=declaree,
        obligatoire=None,
        longueur=6,
        explication=f"La note de cette épreuve ; laissez vide si vous ne l'avez pas passée. {garde}",
    )
    explication = f"La session qui a donné cette note : les années de conservation se comptent d'elle. {garde}"
    yield _annee(f"{prefixe}.session", f"{titre} : session de la note", explication, notee, _SESSION)
    yield Champ(
        f"{prefixe}.conserver",
        f"{titre} : conserver la note",
        Nature.OUI_NON,
        NomOnglet.ACQUIS,
        "Acquis",
        "Oui : la note est gardée ; Non : vous repassez l'épreuve",
        condition=notee,
        explication=f"Oui : la note est gardée, en « Bénéfice » à l'onglet Épreuves ; Non : vous repassez. {garde}",
    )


def _vae(unites: tuple[Epreuve, ...]) -> Iterator[Champ]:
    declaree = (Condition("rempli", declaration(VAE)),)
    jury = _Depuis(2002, "un jury de VAE")
    explication = "L'année où le jury de VAE a décidé. Elle est sur sa décision, qui vous sera demandée."
    yield _annee("acquis.vae.annee", "Année du jury de VAE", explication, declaree, jury)
    explication = "L'académie dont le jury de VAE a décidé. Elle est sur sa décision, qui vous sera demandée."
    yield _academie("acquis.vae.academie", "Académie du jury de VAE", explication, declaree)
    for epreuve in unites:
        libelle = f"{epreuve.code} : {epreuve.libelle}"
        explication = (
            "À cocher si le jury de VAE a validé cette unité : vous êtes dispensé de son épreuve. Les unités qu'il n'a "
            "pas validées restent à passer."
        )
        yield _case(case_vae(epreuve.code), libelle, "Unité validée par le jury de VAE", explication, declaree)
