"""What changes a pupil's form into another candidate's."""

EN_INDIVIDUEL = {
    "candidature.categorie": "INDIVIDUEL",
    "candidature.situation": "SALARIE",
    "candidature.etablissement": "INDIVIDUELS 973",
    "qualification.derogation": "",
    "identification.ine": "",
    "identification.csp_representant": "",
}
