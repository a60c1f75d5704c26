"""Writes the bill of materials (CycloneDX 1.6, JSON): the same components, for programs to read.

Serial number and time follow from what is in it, so that the same program gives the same bytes.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component as Listed
from cyclonedx.model.component import ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from interpreter import plain
from origins import Component
from packageurl import PackageURL

FILE = "tamarisk:file"
MODULE = "tamarisk:module"
SPACE = uuid.UUID("6f3c1d52-3c70-5e0b-9b4c-0f6b3a1a7c11")  # of our own, for serial numbers made from content


def write(components: Sequence[Component], version: str, moment: int) -> str:
    """The bill as JSON text, checked against the schema; `moment` in seconds since 1970. Raises ValueError."""
    bom = Bom(components=[_listed(one) for one in components])
    bom.metadata.component = Listed(
        name="tamarisk", version=version, type=ComponentType.APPLICATION, bom_ref=f"tamarisk@{version}",
        licenses=[LicenseFactory().make_from_string("MIT")],
    )  # fmt: skip
    bom.metadata.timestamp = datetime.fromtimestamp(moment, UTC)
    bom.metadata.tools.components.clear()
    bom.serial_number = uuid.uuid5(SPACE, "\n".join(f"{one.kind} {one.name} {one.version}" for one in components))
    bom.register_dependency(bom.metadata.component, bom.components)
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault is not None:
        raise ValueError(f"the bill of materials does not fit its schema: {fault}")
    return text + "\n"


def _listed(one: Component) -> Listed:
    names = sorted({_module(file) for file in one.files if not _is_file(file)})
    files = sorted(file for file in one.files if _is_file(file))
    purl = None
    if one.kind == "python" and one.name != "PyInstaller bootloader":
        purl = PackageURL("pypi", None, plain(one.name), one.version)
    elif one.kind == "debian":
        purl = PackageURL("deb", "debian", one.name, one.version, {"arch": "amd64"})
    listed = Listed(
        name=one.name,
        version=one.version,
        type=ComponentType.DATA if one.kind == "data" else ComponentType.LIBRARY,
        bom_ref=f"{one.kind}:{one.name}@{one.version}",
        purl=purl,
        licenses=[LicenseFactory().make_from_string(one.licence)],
        properties=[Property(name=FILE if value in files else MODULE, value=value) for value in (*files, *names)],
    )  # fmt: skip
    listed.components = [
        Listed(
            name=each.name,
            version=each.version or None,
            type=ComponentType.LIBRARY,
            bom_ref=f"{one.kind}:{one.name}@{one.version}/{each.name}@{each.version}",
            purl=PackageURL("cargo", None, each.name, each.version) if each.version else None,
            licenses=[LicenseFactory().make_from_string(each.licence)],
        )
        for each in one.carried
    ]
    if one.address.startswith("http"):
        listed.external_references.add(ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(one.address)))
    return listed


def _is_file(name: str) -> bool:
    return "/" in name or ".so" in name or name.endswith((".dll", ".pyc", ".pyd", ".zip"))


def _module(name: str) -> str:
    return name.partition(".")[0]
