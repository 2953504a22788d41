"""The guide's person and her candidature, field by field: what a file says of her, and what a screen shows."""

from __future__ import annotations

from cyclades_tui.champs.catalogue import COMPTE

NUMERO = "01948418953"
TITULAIRE = (NUMERO, "NGMB-DUPONT", "Jeanne", "Né(e) le 06/05/2005")
PLAGE_DU_GUIDE = "48418953-48499999"

# Each field as a file types it; then, where that differs, as a screen shows it.
_CANDIDATURE: dict[str, tuple[str] | tuple[str, str]] = {
    "modalites.accord": ("oui",),
    "conditions.accord": ("oui",),
    "identification.civilite": ("Madame", "MADAME"),
    "identification.nom": ("NGMB-DUPONT",),
    "identification.prenoms": ("NGMB-Jeanne",),
    "identification.naissance.date": ("06/05/2005",),
    "identification.naissance.pays": ("France", "FRANCE (DONT OUTRE-MER)"),
    "identification.naissance.departement": ("011", "011 - AUDE"),
    "identification.naissance.commune": ("Bugarach", "BUGARACH"),
    "identification.nationalite": ("Français",),
    "identification.adresse.pays": ("FRANCE",),
    "identification.adresse.voie": ("reu",),
    "identification.adresse.code_postal": ("97300",),
    "identification.adresse.localite": ("CAYENNE",),
    "identification.telephone_mobile": ("0123456789",),
    "identification.email": ("1948418953@mail.fr",),
    "identification.ine": ("088553495DY",),
    "identification.csp_representant": ("Chômeurs n'ayant jamais travaillé",),
    "candidature.categorie": ("133", "SCOLAIRE BACPRO 1 AN"),
    "candidature.amenagement_duree": ("Non", "non"),
    "candidature.etablissement": ("9730538X", "CFA CEVEDOM CAYENNE - CAYENNE CEDEX 2 (9730538X)"),
    "candidature.amenagement_handicap": ("non",),
    "candidature.consentement_presse": ("non",),
    "candidature.consentement_collectivites": ("non",),
    "qualification.specialite": ("25303", "Aéronautique option Systèmes"),
    "qualification.section_langue": ("Pas de section européenne",),
    "qualification.forme": ("Globale",),
    "qualification.derogation": ("Non", "non"),
    "acquis.declaration.titre": ("oui",),
    "acquis.titre.bts-dut-deug-licence.declare": ("oui",),
    "acquis.titre.bts-dut-deug-licence.annee": ("2022",),
    "acquis.titre.bts-dut-deug-licence.academie": ("AIX-MARSEILLE",),
    "epreuves.EF1.position": ("Inscrit",),
    "epreuves.EF1.langue": ("Anglais",),
    "epreuves.EF2.position": ("inscrit", "Inscrit"),
    "epreuves.EF2.pays": ("Lettonie",),
}
# What makes an individual candidate of full age of a pupil.
EN_INDIVIDUEL = {
    "candidature.categorie": "INDIVIDUEL",
    "candidature.situation": "SALARIE",
    "candidature.etablissement": "INDIVIDUELS 973",
    "qualification.derogation": "",
    "identification.ine": "",
    "identification.csp_representant": "",
}

# As a file types it: whole; with nothing optional; and the same person as an individual candidate.
SAISIE = {champ: textes[0] for champ, textes in _CANDIDATURE.items()}
COMPACTE = {champ: texte for champ, texte in SAISIE.items() if not champ.startswith(("acquis.", "epreuves."))} | {
    "epreuves.E4.langue": "Anglais"
}
INDIVIDUELLE = {
    champ: texte for champ, texte in (SAISIE | EN_INDIVIDUEL).items() if texte and not champ.startswith("epreuves.EF2.")
}

# As a screen shows it: whole; and what an account knows of her before she registers.
AFFICHEE = {champ: textes[-1] for champ, textes in _CANDIDATURE.items()}
DU_COMPTE = {champ.id: AFFICHEE[champ.id] for champ in COMPTE if champ.id in AFFICHEE}
