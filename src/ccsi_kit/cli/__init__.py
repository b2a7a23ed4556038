"""The command line `ccsi`."""
