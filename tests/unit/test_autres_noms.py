"""Places, countries and nationalities as people call them: one table of other names, and the ways of abbreviating."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from outils.guide import INDIVIDUELLE
from outils.saisies import JOUR, fautes, phrase, referentiel_livre, service

from cyclades_tui.champs.listes import Listes
from cyclades_tui.domaine.texte import plier
from cyclades_tui.referentiel.lieux import ListeDeNoms, cle_commune
from cyclades_tui.regles.saisie import lire_la_saisie

LIEUX = referentiel_livre().lieux
LISTES: Listes = service().listes
RANGS = [
    rang
    for rang in csv.reader((Path(__file__).parents[2] / "data/listes/autres_noms.csv").read_text("utf-8").splitlines())
    if not rang[0].startswith("#")
][1:]


@pytest.mark.parametrize(
    ("departement", "nom", "tapes"),
    [
        (
            "075",
            "PARIS 13E ARRONDISSEMENT",
            "Paris 13ème|Paris 13e|Paris 13|PARIS XIII|Paris XIIIe|75013 Paris|Paris 75013|Paris (13e)|Paris - 13°",
        ),
        (
            "075",
            "PARIS 13E ARRONDISSEMENT",
            "13e arrondissement de Paris|Paris treizième|Paris 13ᵉ arr.|PARIS 13EME ARRONDISSEMENT|Paris 13 ème",
        ),
        ("075", "PARIS 1ER ARRONDISSEMENT", "Paris 1|Paris 01|Paris 1er|Paris Ier|Paris premier|75001 Paris"),
        ("075", "PARIS 16E ARRONDISSEMENT", "Paris XVI|75116 Paris|Paris 16"),
        ("069", "LYON 3E ARRONDISSEMENT", "Lyon 03|Lyon 3|Lyon 3ème|Lyon III|69003 Lyon|Lyon cedex 03"),
        ("013", "MARSEILLE 16E ARRONDISSEMENT", "Marseille 16|Marseille XVI|marseille 16eme"),
        ("013", "MARSEILLE", "13 MARSEILLE|13 - Marseille|Marseille (13)|13000 Marseille|MARSEILLE 13000"),
        ("013", "MARSEILLE 13E ARRONDISSEMENT", "Marseille 13|13 Marseille 13|13013 Marseille|13e Marseille"),
        ("075", "PARIS 13E ARRONDISSEMENT", "75 Paris 13|Paris 13 (75)"),
        ("069", "LYON 3E ARRONDISSEMENT", "69 Lyon 3|LYON 3 69"),
        ("001", "BOURG EN BRESSE", "01 Bourg en Bresse|BOURG EN BRESSE 01|01000 Bourg-en-Bresse|Bourg en Bresse (01)"),
        ("02A", "AJACCIO", "2A Ajaccio|20 AJACCIO|20000 Ajaccio|Ajaccio (20)"),
        ("973", "CAYENNE", "973 Cayenne|97300 CAYENNE|Cayenne 97300"),
        ("071", "CHALON SUR SAONE", "Chalon s/ Saône|Chalon s/Saône|CHALON/SAONE|Chalon s Saone|Chalon (71)|Chalon"),
        ("094", "FONTENAY SOUS BOIS", "Fontenay s/s Bois|Fontenay ss Bois|Fontenay-s/s-Bois"),
        ("094", "SAINT MAUR DES FOSSES", "St-Maur des Fossés|St. Maur des Fosses|S. Maur des Fossés"),
        ("042", "SAINT ETIENNE", "St Étienne|ST-ETIENNE|St. Etienne|Saint Etienne (42)"),
        ("030", "VILLENEUVE LES AVIGNON", "Villeneuve l/ Avignon|Villeneuve lez Avignon|Villeneuve-lès-Avignon"),
        ("050", "LE MONT SAINT MICHEL", "Le Mt St Michel|Mont St-Michel"),
        ("076", "LE HAVRE", "Le Havre|Havre"),
        ("974", "SAINT DENIS", "St-Denis de la Réunion|Saint Denis"),
        ("092", "BOULOGNE BILLANCOURT", "Boulogne"),
        ("075", "PARIS 13E ARRONDISSEMENT", "PARIS CEDEX 13|PARIS 13 CEDEX 13|PARIS 13 CEDEX"),
        ("075", "PARIS", "PARIS CEDEX|75 Paris|Paris 75"),
        ("013", "MARSEILLE", "MARSEILLE CEDEX 20|Marseille cedex"),
        ("035", "RENNES", "RENNES CEDEX|Rennes Cedex 7"),
        ("042", "SAINT ETIENNE", "ST ETIENNE CEDEX 1|42 - St-Étienne"),
        ("093", "SAINT DENIS", "ST DENIS|93 St Denis|Saint-Denis (93)|La Plaine St Denis"),
        ("971", "LES ABYMES", "Abymes|Les Abymes"),
        ("092", "ISSY LES MOULINEAUX", "Issy les Mx"),
        ("062", "BOULOGNE SUR MER", "Boulogne s/Mer|Boulogne"),
    ],
)
def test_a_commune_is_known_as_people_write_it(departement: str, nom: str, tapes: str) -> None:
    for tape in tapes.split("|"):
        trouvee = LIEUX.commune(departement, tape)
        assert (tape, trouvee and trouvee.nom) == (tape, nom)
        assert nom in [commune.nom for commune in LIEUX.chercher_communes(departement, tape).propositions]


@pytest.mark.parametrize(
    ("departement", "tape"),
    [("075", "Paris 21"), ("069", "Lyon 10"), ("075", "Paris 0"), ("013", "75013 Marseille"), ("025", "39 Besançon")],
)
def test_an_arrondissement_that_does_not_exist_is_no_commune(departement: str, tape: str) -> None:
    assert LIEUX.commune(departement, tape) is None


@pytest.mark.parametrize(
    ("liste", "tape", "code"),
    [
        ("pays_naissance", "RDC", "99312"),
        ("pays_naissance", "Viet Nam", "99243"),
        ("pays_naissance", "Viêt-Nam", "99243"),
        ("pays_naissance", "Angleterre", "99132"),
        ("pays_naissance", "Écosse", "99132"),
        ("pays_naissance", "USA", "99404"),
        ("pays_naissance", "U.S.A.", "99404"),
        ("pays_naissance", "Etats Unis d'Amérique", "99404"),
        ("pays_naissance", "Zaïre", "99312"),
        ("pays_naissance", "haute volta", "99331"),
        ("pays_naissance", "Burkina Faso", "99331"),
        ("pays_naissance", "Guinée-Bissau", "99392"),
        ("pays_naissance", "République tchèque", "99116"),
        ("pays_naissance", "Royaume de Belgique", "99131"),
        ("pays_naissance", "Guadeloupe", "99100"),
        ("pays_adresse", "Hollande", "99135"),
        ("pays_adresse", "Nouvelle-Calédonie", "99100"),
        ("pays_mobilite", "Angleterre", "99132"),
        ("nationalites", "Anglaise", "99132"),
        ("nationalites", "USA", "99404"),
        ("nationalites", "RDC", "99312"),
        ("nationalites", "Zaïroise", "99312"),
        ("nationalites", "Hollandais", "99135"),
        ("nationalites", "Sans nationalité", "apatride"),
        ("pays_naissance", "R.D.A.", "99109"),
        ("pays_naissance", "Wallis", "99100"),
        ("departements", "75 - Paris", "075"),
        ("departements", "Seine St Denis", "093"),
        ("departements", "Alpes de Hte Provence", "004"),
        ("departements", "St Pierre et Miquelon", "975"),
        ("departements", "01", "001"),
        ("departements", "39", "039"),
        ("departements", "2a", "02A"),
        ("departements", "Côtes du Nord", "022"),
        ("departements", "Loire inférieure", "044"),
    ],
)
def test_another_name_takes_the_value_of_today(liste: str, tape: str, code: str) -> None:
    trouve = LISTES.trouver(liste, tape)
    assert trouve is not None
    assert trouve.id == code


@pytest.mark.parametrize(
    ("champ", "tape", "parmi"),
    [
        ("identification.naissance.pays", "URSS", {"ARMENIE", "GEORGIE", "RUSSIE", "UKRAINE"}),
        ("identification.naissance.pays", "Yougoslavie", {"SERBIE", "CROATIE", "KOSOVO"}),
        ("identification.naissance.pays", "tchecoslovaquie", {"SLOVAQUIE", "TCHEQUIE"}),
        ("identification.naissance.pays", "Corée", {"COREE DU NORD", "COREE DU SUD"}),
        ("identification.nationalite", "Soviétique", {"Russe", "Ukrainien"}),
        ("identification.nationalite", "Yougoslave", {"Serbe", "Croate"}),
        ("identification.nationalite", "Congolaise", {"Congolais (République du Congo)"}),
        ("identification.naissance.departement", "Seine-et-Oise", {"078 - YVELINES", "095 - VAL D OISE"}),
    ],
)
def test_a_name_of_several_is_told_with_all_of_them(champ: str, tape: str, parmi: set[str]) -> None:
    saisie = INDIVIDUELLE | {champ: tape}
    assert ("format.choix", champ) in fautes(saisie)
    dite = phrase(saisie, champ)
    assert dite.startswith(f"« {tape} » ne suffit pas à choisir. Prenez le nom d'aujourd'hui : ")
    assert all(libelle in dite for libelle in parmi)


@pytest.mark.parametrize(
    ("champ", "tape", "proche"),
    [
        ("identification.naissance.pays", "Espange", "ESPAGNE"),
        ("identification.naissance.pays", "Portugual", "PORTUGAL"),
        ("identification.naissance.pays", "cameroum", "CAMEROUN"),
        ("identification.nationalite", "Marrocaine", "Marocain"),
        ("identification.naissance.departement", "bouche du rhone", "013 - BOUCHES DU RHONE"),
    ],
)
def test_a_slip_of_the_finger_is_told_with_the_name_that_was_meant(champ: str, tape: str, proche: str) -> None:
    dite = phrase(INDIVIDUELLE | {champ: tape}, champ)
    assert dite.startswith(f"« {tape} » n'est pas dans la liste. Vouliez-vous dire : {proche}")


@pytest.mark.parametrize(
    ("departement", "tape", "proche"),
    [
        ("093", "Aubervillers", "AUBERVILLIERS"),
        ("034", "Montpelier", "MONTPELLIER"),
        ("069", "villeurbane", "VILLEURBANNE"),
    ],
)
def test_a_slip_in_a_commune_is_told_with_its_name(departement: str, tape: str, proche: str) -> None:
    assert LIEUX.commune(departement, tape) is None
    assert LIEUX.communes_proches(departement, tape)[0] == proche


def test_a_birth_is_recorded_under_the_names_of_today() -> None:
    lue = lire_la_saisie(
        INDIVIDUELLE
        | {"identification.naissance.departement": "75", "identification.naissance.commune": "Paris 13ème"},
        service(),
        JOUR,
    )
    assert lue.fautes == []
    assert lue.valeurs["identification.naissance.commune"].document == "PARIS 13E ARRONDISSEMENT - 075"


def test_each_line_of_the_table_names_what_exists() -> None:
    connus = {
        ListeDeNoms.PAYS: {pays.code for pays in LIEUX.pays()},
        ListeDeNoms.NATIONALITE: {nationalite.code for nationalite in LIEUX.nationalites()} | {"apatride"},
        ListeDeNoms.DEPARTEMENT: {departement.code for departement in LIEUX.departements()},
    }
    for liste, nom, pour in RANGS:
        for code in pour.split("|"):
            if liste == ListeDeNoms.COMMUNE:
                departement, _, commune = code.partition(" ")
                trouvee = LIEUX.commune(departement, commune)
                assert (code, trouvee and trouvee.nom) == (code, commune)
            else:
                assert (nom, code in connus[ListeDeNoms(liste)]) == (nom, True)


def test_no_other_name_is_given_twice_nor_takes_a_name_of_today() -> None:
    propres = {
        "pays": {plier(nom) for pays in LIEUX.pays() for nom in (pays.nom, pays.libelle)},
        "nationalite": {plier(nationalite.libelle) for nationalite in LIEUX.nationalites()},
        "departement": {plier(departement.nom) for departement in LIEUX.departements()},
    }
    vus: set[tuple[str, str, str]] = set()
    for liste, nom, pour in RANGS:
        cle = (liste, cle_commune(nom), pour[:3]) if liste == "commune" else (liste, plier(nom), "")
        assert cle not in vus
        assert cle[1] not in propres.get(liste, set())
        vus.add(cle)
