"""The control API of a served simulator, under `/_simulator/`: configure and inspect it over HTTP."""
