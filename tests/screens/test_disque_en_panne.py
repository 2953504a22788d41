"""The guichet on a disk that does not write, by keys: one logs in, searches and reads; what waits is told."""

from __future__ import annotations

from dataclasses import replace

from outils.disques import en_lecture_seule
from outils.guichet import calmer, entrer, guichet, jusqu_a, voir
from textual.widgets import Static

from cyclades_tui.poste import Poste, ReglagesDuPoste, ouvrir_poste
from cyclades_tui.screens.cadre.avertissements import Avertissements
from cyclades_tui.screens.cadre.rangs import Rang
from cyclades_tui.screens.guichet.dossier.ecran import EcranDossier
from cyclades_tui.screens.guichet.recherche import EcranRecherche
from cyclades_tui.store.ouverture import ouvrir_store


async def test_an_agent_works_on_a_read_only_disk(poste_guichet: Poste) -> None:
    chemin = poste_guichet.store.chemin
    poste_guichet.store.fermer()
    with en_lecture_seule(chemin):
        poste = replace(poste_guichet, store=ouvrir_store(chemin))
        app = guichet(poste)
        async with app.run_test(size=(80, 24)) as pilot:
            await entrer(pilot)
            await pilot.press("ctrl+r")
            await voir(pilot, EcranRecherche)
            await pilot.press(*"02348418954", "enter")
            await voir(pilot, EcranDossier)
            await jusqu_a(pilot, lambda: app.screen.query(Rang))
            await calmer(pilot)
            (bloc,) = app.screen.query(Avertissements)
            dit = str(bloc.query_one(".texte", Static).content)
            assert bloc.display
            assert "n'est pas encore au journal" in dit
            assert str(chemin) in dit
        poste.store.fermer()
    with ouvrir_poste(ReglagesDuPoste(store=chemin)) as apres, apres.store.lire() as unite:
        actes = list(unite.session.connection().exec_driver_sql("SELECT acte FROM journal ORDER BY seq DESC LIMIT 8"))
    assert {"agent.connecter", "candidature.chercher", "candidature.lire"} <= {acte for (acte,) in actes}
