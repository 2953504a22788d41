"""The fields of the tabs Acquis and Epreuves, made from the spécialité that is presented (F205-F248)."""

from __future__ import annotations

from collections.abc import Iterator

from cyclades_tui.champs.specification import Champ, Condition, Nature
from cyclades_tui.referentiel.chargement import Referentiel
from cyclades_tui.referentiel.schema import Diplome, Epreuve, Titre

MEME, AUTRE, TITRE, VAE = "meme_specialite", "autre_specialite", "titre", "vae"
_ONGLET = "acquis"
_PROGRESSIVE = (Condition("vaut", "qualification.forme_finale", ("progressive",)),)


def declaration(identifiant: str) -> str:
    """The field id of a declaration's box."""
    return f"acquis.declaration.{identifiant}"


def case_titre(titre: str) -> str:
    return f"acquis.titre.{titre}.declare"


def case_population(population: str) -> str:
    return f"acquis.population.{population}"


def case_repasser(code: str) -> str:
    """The field id of « I sit this épreuve again »: one choice for the candidature, whichever title dispenses it."""
    return f"acquis.repasser.{code}"


def note(source: str, code: str) -> str:
    """The dotted prefix of a note obtained in a former session (`source` is MEME or AUTRE)."""
    return f"acquis.{source}.notes.{code}"


def case_vae(code: str) -> str:
    return f"acquis.vae.unites.{code}"


def position(code: str) -> str:
    return f"epreuves.{code}.position"


def choix(epreuve: Epreuve) -> str:
    """`epreuves.EF1.langue`, `epreuves.EF2.pays`."""
    return f"epreuves.{epreuve.code}.{epreuve.choix}"


def champs_acquis(referentiel: Referentiel, diplome: Diplome, annee: int, groupe: str) -> tuple[Champ, ...]:
    """Declarations, titles, notes of former sessions, VAE and population dispenses offered there."""
    dispenses = referentiel.dispenses[diplome.examen]
    sigle = referentiel.examens[diplome.examen].sigle
    unites = tuple(e for e in diplome.arbre(annee, groupe) if e.unite and e.serie == "obligatoire")
    libelles = {d.id: d.libelle.replace("{DIPLOME}", sigle) for d in dispenses.declaration}
    titres = referentiel.titres_offerts(diplome, annee, groupe)
    generales = {code for code, matiere in referentiel.matieres.items() if matiere.generale}
    matieres_des_titres = {matiere for titre in titres for matiere in titre.matieres}
    champs = [_case(declaration(i), libelle, "Cochez si c'est votre cas") for i, libelle in libelles.items()]
    champs += _session_anterieure(MEME, unites)
    champs += _session_anterieure(AUTRE, tuple(e for e in unites if e.matiere in generales))
    for titre in titres:
        champs += _titre(titre)
    champs += [
        _case(case_repasser(e.code), f"{e.code} : {e.libelle}", "Épreuve dispensée que vous souhaitez repasser")
        for e in unites
        if e.matiere in matieres_des_titres
    ]
    champs += _vae(unites)
    for population in referentiel.populations_offertes(diplome, annee, groupe):
        champs.append(_case(case_population(population.id), population.libelle, population.regle))
    return tuple(champs)


def champs_epreuves(diplome: Diplome, annee: int, groupe: str) -> tuple[Champ, ...]:
    """The choices left to the candidate: position of optional units (all units when progressive), language, country."""
    champs: list[Champ] = []
    for epreuve in diplome.arbre(annee, groupe):
        titre = f"{epreuve.code} : {epreuve.libelle}"
        if epreuve.unite:
            champs.append(
                Champ(
                    position(epreuve.code),
                    f"{titre} : position",
                    Nature.CHOIX,
                    "epreuves",
                    titre,
                    "Inscrit : vous la passez à cette session ; Non Inscrit : vous ne la passez pas",
                    liste="positions",
                    condition=() if epreuve.serie == "facultative" else _PROGRESSIVE,
                    obligatoire=None,
                    defaut="non-inscrit" if epreuve.serie == "facultative" else "inscrit",
                )
            )
        if epreuve.choix:
            libelle = "Langue" if epreuve.choix == "langue" else "Pays"
            champs.append(
                Champ(
                    choix(epreuve),
                    f"{titre} : {libelle.lower()}",
                    Nature.CHOIX,
                    "epreuves",
                    titre,
                    f"{libelle} de cette épreuve",
                    exemple="Anglais" if epreuve.choix == "langue" else "Lettonie",
                    liste=_liste_du_choix(epreuve),
                    obligatoire=None,
                )
            )
    return tuple(champs)


def _liste_du_choix(epreuve: Epreuve) -> str:
    if epreuve.choix == "pays":
        return "pays_mobilite"
    return "langues" if epreuve.serie == "facultative" else "langues_obligatoires"


def _case(identifiant: str, libelle: str, aide: str, condition: tuple[Condition, ...] = ()) -> Champ:
    return Champ(identifiant, libelle, Nature.CASE, _ONGLET, "Acquis", aide, condition=condition, obligatoire=None)


def _annee(
    identifiant: str, libelle: str, condition: tuple[Condition, ...], depuis: int, annee_de: str = "une session"
) -> Champ:
    return Champ(
        identifiant,
        libelle,
        Nature.ANNEE,
        _ONGLET,
        "Acquis",
        "Quatre chiffres",
        exemple="2022",
        condition=condition,
        longueur=4,
        depuis=depuis,
        annee_de=annee_de,
    )


def _academie(identifiant: str, libelle: str, condition: tuple[Condition, ...]) -> Champ:
    return Champ(
        identifiant,
        libelle,
        Nature.CHOIX,
        _ONGLET,
        "Acquis",
        "Académie où il a été obtenu",
        exemple="AIX-MARSEILLE",
        liste="academies",
        condition=condition,
    )


def _titre(titre: Titre) -> Iterator[Champ]:
    yield _case(case_titre(titre.id), titre.libelle, titre.regle, (Condition("rempli", declaration(TITRE)),))
    detenu = (Condition("rempli", declaration(TITRE)), Condition("rempli", case_titre(titre.id)))
    yield _annee(f"acquis.titre.{titre.id}.annee", f"Année ({titre.libelle})", detenu, titre.depuis, "ce titre")
    yield _academie(f"acquis.titre.{titre.id}.academie", f"Académie ({titre.libelle})", detenu)


def _session_anterieure(source: str, unites: tuple[Epreuve, ...]) -> Iterator[Champ]:
    declaree = (Condition("rempli", declaration(source)),)
    yield _annee(f"acquis.{source}.session", "Session présentée", declaree, 1990)
    yield _academie(f"acquis.{source}.academie", "Académie de cette session", declaree)
    if source == AUTRE:
        yield Champ(
            f"acquis.{source}.specialite",
            "Spécialité présentée à cette session",
            Nature.TEXTE,
            _ONGLET,
            "Acquis",
            "Comme sur le relevé de notes",
            condition=declaree,
            longueur=100,
        )
    for epreuve in unites:
        prefixe = note(source, epreuve.code)
        titre = f"{epreuve.code} : {epreuve.libelle}"
        notee = (*declaree, Condition("rempli", f"{prefixe}.note"))
        yield Champ(
            f"{prefixe}.note",
            f"{titre} : note obtenue",
            Nature.NOTE,
            _ONGLET,
            "Acquis",
            "Sur 20, comme sur le relevé de notes",
            exemple="12,5",
            condition=declaree,
            obligatoire=None,
            longueur=6,
        )
        yield _annee(f"{prefixe}.session", f"{titre} : session de la note", notee, 1990)
        yield Champ(
            f"{prefixe}.conserver",
            f"{titre} : conserver la note",
            Nature.OUI_NON,
            _ONGLET,
            "Acquis",
            "Oui : la note est gardée ; Non : vous repassez l'épreuve",
            condition=notee,
        )


def _vae(unites: tuple[Epreuve, ...]) -> Iterator[Champ]:
    declaree = (Condition("rempli", declaration(VAE)),)
    yield _annee("acquis.vae.annee", "Année du jury de VAE", declaree, 2002, "un jury de VAE")
    yield _academie("acquis.vae.academie", "Académie du jury de VAE", declaree)
    for epreuve in unites:
        libelle = f"{epreuve.code} : {epreuve.libelle}"
        yield _case(case_vae(epreuve.code), libelle, "Unité validée par le jury de VAE", declaree)
