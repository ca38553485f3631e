"""Where the inputs and outputs of the pipeline are."""

from __future__ import annotations

from pathlib import Path

import attrs

ROOT = Path(__file__).resolve().parents[3]


@attrs.frozen
class Layout:
    """The files of one checkout.

    Tests point it at a copy, so that no test writes into the repository.
    """

    root: Path = ROOT

    @property
    def openapi(self) -> Path:
        """Everything that is known about the API's document."""
        return self.root / "openapi"

    @property
    def upstream(self) -> Path:
        """The vendored facts of the upstream document, without its prose."""
        return self.openapi / "fly-machines.upstream.json"

    @property
    def document(self) -> Path:
        """The built document: facts, corrected, renamed and described."""
        return self.openapi / "fly-machines.json"

    @property
    def names(self) -> Path:
        """Operation ids, tags, schema and enum names."""
        return self.openapi / "names.json"

    @property
    def corrections(self) -> Path:
        """Folder of corrections, a file per area."""
        return self.openapi / "corrections"

    @property
    def prose(self) -> Path:
        """Folder of our own words, a file per tag."""
        return self.openapi / "prose"

    @property
    def templates(self) -> Path:
        """The templates that replace the generator's own."""
        return self.openapi / "templates"

    @property
    def generator(self) -> Path:
        """The generator's configuration."""
        return self.openapi / "generator.yml"

    @property
    def source(self) -> Path:
        """Where the facts came from, and the hashes of what was made of them."""
        return self.openapi / "SOURCE.toml"

    @property
    def sdk(self) -> Path:
        """The generated package."""
        return self.root / "generated_client" / "fly_machines"

    @property
    def resource_layer(self) -> Path:
        """The package that is built on the SDK: what it uses is what upstream must not change unseen."""
        return self.root / "fly_resources"
