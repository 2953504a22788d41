"""The differences between two versions, whatever they hold."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from outils.contenus import champs, exemple

from cyclades_tui.domaine.contenu import Contenu
from cyclades_tui.regles.recapitulatif import differences

IDS = ("identification.nom", "identification.adresse.voie", "candidature.categorie", "acquis.vae.annee")
valeurs = st.dictionaries(st.sampled_from(IDS), st.text(min_size=1, max_size=8), max_size=4)


def contenu(valeurs: dict[str, str], libelle: str) -> Contenu:
    return replace(exemple(), champs=champs(valeurs, libelle), groupes=())


@given(valeurs, valeurs)
def test_differences_lead_from_one_version_to_the_other_and_back(avant: dict[str, str], apres: dict[str, str]) -> None:
    aller = differences(contenu(avant, "ancien"), contenu(apres, "nouveau"))
    refait = dict(avant)
    for difference in aller:
        assert refait.get(difference.champ, "") == difference.avant
        refait[difference.champ] = difference.apres
    assert {champ: texte for champ, texte in refait.items() if texte} == apres
    retour = differences(contenu(apres, "nouveau"), contenu(avant, "ancien"))
    assert {(d.champ, d.avant, d.apres) for d in retour} == {(d.champ, d.apres, d.avant) for d in aller}


@given(valeurs)
def test_a_version_does_not_differ_from_itself(seule: dict[str, str]) -> None:
    assert differences(contenu(seule, "un"), contenu(seule, "autre")) == ()
