"""What ships with the program: icons, fonts, translations, vocabularies and the sample archive's source."""
