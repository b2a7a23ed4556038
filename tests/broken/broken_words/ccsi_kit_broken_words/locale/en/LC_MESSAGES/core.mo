This is no catalogue.
