"""What `make package-windows` builds: it installs, works and goes without a trace, as far as Wine is like Windows."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import fpdf
import openpyxl
import pytest
from PIL import Image, ImageGrab

from desktop import sample
from tests import tracing

ROOT = Path(__file__).parents[2]
BUILT = Path(os.environ.get("TAMARISK_WINDOWS", ROOT / "dist" / "windows"))
WINE = ROOT / ".ci" / "windows" / "wine"
# What libraries of the program may ask of Windows 10, version 1903, itself; anything else must lie in the folder.
WINDOWS = {
    *("advapi32", "authz", "avrt", "bcrypt", "bcryptprimitives", "cabinet", "combase", "comctl32", "comdlg32"),
    *("crypt32", "d2d1", "d3d11", "d3d12", "d3d9", "dbghelp", "directml", "dnsapi", "dwmapi", "dwrite", "dxgi"),
    *("gdi32", "icuuc", "imm32", "iphlpapi", "kernel32", "mpr", "msvcrt", "ncrypt", "netapi32", "ntdll", "ole32"),
    *("oleaut32", "opengl32", "pdh", "powrprof", "propsys", "psapi", "rpcrt4", "runtimeobject", "secur32"),
    *(
        "setupapi",
        "shcore",
        "shell32",
        "shlwapi",
        "uiautomationcore",
        "user32",
        "userenv",
        "usp10",
        "uxtheme",
        "version",
    ),
    *("winmm", "winspool.drv", "ws2_32", "wtsapi32"),
}

CURRENT = (0xA6, 0x1E, 0x4D)  # of the hit one stands at, in the light theme (desktop/theme.py)

pytestmark = [
    pytest.mark.skipif(not list(BUILT.glob("*-setup.exe")), reason="no installer for Windows was built"),
    pytest.mark.skipif(not shutil.which("wine"), reason="Wine is not installed"),
]


@dataclass(frozen=True, slots=True)
class Machine:
    """A Windows of Wine's, with one user, in a folder of its own."""

    prefix: Path

    @property
    def disk(self) -> Path:
        return self.prefix / "drive_c"

    @property
    def local(self) -> Path:
        """The user's %LOCALAPPDATA%."""
        (folder,) = (path for path in self.disk.glob("users/*/AppData/Local") if "Public" not in path.parts)
        return folder

    def run(self, program: str | Path, *words: str, environment: dict[str, str] | None = None) -> tuple[int, str]:
        """Run a program to its end; its status and what it printed."""
        done = subprocess.run(
            [WINE, self.prefix, program, *words],
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=600,
        )
        assert not done.stderr, done.stderr
        return done.returncode, done.stdout

    def settle(self) -> None:
        """Wait until every program has ended and the registry is on disk."""
        subprocess.run(["wineserver", "--wait"], env={**os.environ, "WINEPREFIX": str(self.prefix)}, timeout=120)

    def files(self) -> set[Path]:
        return {path.relative_to(self.disk) for path in self.disk.rglob("*") if not path.is_symlink()}

    def registry(self) -> str:
        """What the registry says of the program, in the order of its files."""
        self.settle()
        lines = [line for name in ("user.reg", "system.reg") for line in (self.prefix / name).read_text().splitlines()]
        return "\n".join(line for line in lines if "tamarisk" in line.lower())


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = Machine(tmp_path / "wine")
    subprocess.run([WINE, made.prefix], check=True, timeout=600)
    yield made
    subprocess.run(["wineserver", "--kill"], env={**os.environ, "WINEPREFIX": str(made.prefix)}, timeout=60)
    made.settle()
    shutil.rmtree(made.prefix)


def installer(edition: str) -> Path:
    """The installer of an edition, by how its name begins."""
    (file,) = BUILT.glob(f"{edition}-[0-9]*-setup.exe")
    return file


def windows_path(path: Path) -> str:
    """How a program of Windows names a file of this machine."""
    return "Z:" + str(path).replace("/", "\\")


def binaries() -> list[Path]:
    return [path for path in (BUILT / "tamarisk").rglob("*") if path.suffix.lower() in (".dll", ".exe", ".pyd")]


def test_every_library_is_in_the_folder_or_in_windows() -> None:
    there = {path.name.lower() for path in binaries()}
    missing = set()
    for binary in binaries():
        told = subprocess.run(["x86_64-w64-mingw32-objdump", "-p", binary], capture_output=True, text=True, check=True)
        for name in re.findall(r"DLL Name: (\S+)", told.stdout):
            asked = name.lower()
            if asked not in there and asked.removesuffix(".dll") not in WINDOWS and not asked.startswith("api-ms-win-"):
                missing.add(f"{name} for {binary.name}")
    assert len(there) > 50
    assert not missing


def test_nothing_of_wine_or_of_the_network_is_in_the_folder() -> None:
    for binary in binaries():
        assert b"builtin DLL" not in binary.read_bytes()[:256], f"{binary.name} is Wine's"
    names = {path.name.lower() for path in (BUILT / "tamarisk").rglob("*")}
    assert {"qt6widgets.dll", "qwindows.dll", "msvcp140.dll", "vcruntime140.dll"} <= names
    assert not names & {"bcryptprimitives.dll", "directml.dll", "icuuc.dll", "ucrtbase.dll", "wine-ucrt.dll"}
    assert not [name for name in names if re.match(r"qt6?(network|qml|quick|webengine|pdf)|qschannel|qopenssl", name)]


def test_the_editor_edition_installs_works_and_goes(machine: Machine, tmp_path: Path) -> None:
    machine.settle()
    before = machine.files()
    assert machine.run(installer("tamarisk-editor"), "/S") == (0, "")
    folder = machine.local / "Programs" / "Tamarisk"
    program = folder / "tamarisk.exe"
    assert (machine.local.parent / "Roaming/Microsoft/Windows/Start Menu/Programs/Tamarisk.lnk").exists()
    registry = machine.registry()
    assert '"QuietUninstallString"' in registry
    assert "*.tamarisk" in registry

    status, told = machine.run(program, "selftest")
    assert status == 0, told
    assert "guard hook-only" in told
    assert "Everything works." in told

    # an archive made on another system is searched, and one made here
    sample.build(tmp_path / "sample.tamarisk")
    status, told = machine.run(program, "search", windows_path(tmp_path / "sample.tamarisk"), '"red notice"', "--json")
    assert status == 0, told
    assert json.loads(told)["total"] > 0
    formats_are_read(machine, program, tmp_path)

    window_shows_the_search(machine, folder, tmp_path)
    kept = machine.local / "tamarisk"
    assert (kept / "settings.json").exists()

    assert machine.run(folder / "uninstall.exe", "/S") == (0, "")
    wait_until_gone(folder)
    left = {path for path in machine.files() - before if not (machine.disk / path).is_relative_to(kept)}
    assert not {path for path in left if not is_wines_own(path)}
    assert (kept / "settings.json").exists()
    assert "tamarisk" not in machine.registry().lower()


def test_the_reading_edition_takes_the_place_of_another_and_spares_foreign_files(
    machine: Machine, tmp_path: Path
) -> None:
    folder = machine.disk / "Chosen"
    assert machine.run(installer("tamarisk-editor"), "/S", "/D=C:\\Chosen") == (0, "")
    assert (folder / "_internal" / "editor" / "kreuzberg").is_dir()
    (folder / "mine.txt").write_text("mine")
    (folder / "tamarisk.exe").write_bytes(b"an older one")
    assert machine.run(installer("tamarisk"), "/S", "/D=C:\\Chosen") == (0, "")
    program = folder / "tamarisk.exe"
    assert program.read_bytes() == (BUILT / "tamarisk" / "tamarisk.exe").read_bytes()
    assert not (folder / "_internal" / "editor").exists()
    for name in ("LICENSE", "THIRD-PARTY.txt"):
        assert (folder / name).read_bytes() == (BUILT / "tamarisk" / name).read_bytes()
    assert len([*folder.glob("tamarisk-*.cdx.json")]) == 1

    status, told = machine.run(program, "selftest")
    assert status == 0, told
    assert "Everything works." in told
    (tmp_path / "notice.txt").write_text("A red notice", "utf-8")
    own = windows_path(tmp_path / "own.tamarisk")
    assert machine.run(program, "new", own, "--open")[0] == 0
    status, told = machine.run(program, "import", own, windows_path(tmp_path / "notice.txt"))
    assert status != 0
    assert "needs the editor edition" in told

    sample.build(tmp_path / "sample.tamarisk")
    window_shows_the_search(machine, folder, tmp_path)
    assert (machine.local / "tamarisk" / "settings.json").exists()
    assert machine.run(folder / "uninstall.exe", "/S", "/REMOVEDATA") == (0, "")
    wait_until_gone(folder / "uninstall.exe")
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    assert not (machine.local / "tamarisk").exists()


def formats_are_read(machine: Machine, program: Path, tmp_path: Path) -> None:
    """Imports one file of each kind that has a library of its own, and finds all of them."""
    text = "A red notice is a request to locate a person. 紅色通緝令"
    (tmp_path / "notice.txt").write_text(text, "utf-8")
    old = (
        "红色通缉令是请求各国协助查找某人下落并予以临时逮捕的通知。 A red notice in an encoding that is to be guessed."
    )
    (tmp_path / "old.txt").write_text(old, "gb18030")
    (tmp_path / "page.html").write_text(f"<html><title>Notice</title><p>{text}</p></html>", "utf-8")
    (tmp_path / "letter.rtf").write_text(r"{\rtf1\ansi A red notice in a letter.\par}", "ascii")
    (tmp_path / "mail.eml").write_text("Subject: Mail\nContent-Type: text/plain\n\nA red notice by mail.\n", "ascii")
    book = openpyxl.Workbook()
    book.active.append(["A red notice in a table"])
    book.save(tmp_path / "table.xlsx")
    page = fpdf.FPDF()
    page.add_page()
    page.set_font("Helvetica")
    page.cell(text="A red notice on paper")
    page.output(str(tmp_path / "paper.pdf"))
    names = ("notice.txt", "old.txt", "page.html", "letter.rtf", "mail.eml", "table.xlsx", "paper.pdf")
    own = windows_path(tmp_path / "own.tamarisk")
    assert machine.run(program, "new", own, "--open")[0] == 0
    status, told = machine.run(program, "import", own, *(windows_path(tmp_path / name) for name in names), "--json")
    assert status == 0, told
    assert json.loads(told)["added"] == len(names)
    assert json.loads(machine.run(program, "search", own, '"red notice"', "--json")[1])["total"] == len(names), told
    told = machine.run(program, "search", own, "红色")[1]
    assert "notice.txt" in told
    assert "请求各国协助查找某人下落" in told  # of old.txt: its encoding was guessed right


def window_shows_the_search(machine: Machine, folder: Path, tmp_path: Path) -> None:
    """Starts the window on the sample and waits for it; keeps a picture where TAMARISK_SCREENSHOT names a file."""
    with tracing.display() as screen:
        environment = {"DISPLAY": screen["DISPLAY"]}
        archive = windows_path(tmp_path / "sample.tamarisk")
        program = subprocess.Popen(
            [WINE, machine.prefix, folder / "tamarisk-window.exe", archive, "--find", '"red notice"'],
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environment},
        )
        deadline = time.monotonic() + 120
        while not (shown := titles(environment)) or "sample" not in shown:
            assert program.poll() is None, "the window has ended"
            assert time.monotonic() < deadline, f"no window of the sample came up, only {shown!r}"
            time.sleep(0.5)
        # the answer is there once its first hit is marked in the text that is open
        while not marked(picture := ImageGrab.grab(xdisplay=environment["DISPLAY"])):
            assert time.monotonic() < deadline, "no hit was marked in the window"
            time.sleep(0.5)
        if target := os.environ.get("TAMARISK_SCREENSHOT"):
            picture.save(target)
        machine.run("taskkill", "/IM", "tamarisk-window.exe", environment=environment)  # asks the window to close
        program.wait(60)


def titles(environment: dict[str, str]) -> str:
    told = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", ".", "getwindowname", "%@"],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    return told.stdout


def marked(picture: Image.Image) -> bool:
    """Whether the colour of the hit one stands at is to be seen, on more than a line's height of it."""
    seen = {colour: count for count, colour in picture.convert("RGB").getcolors(1 << 24) or []}
    return seen.get(CURRENT, 0) > 200


def wait_until_gone(path: Path) -> None:
    """An uninstaller goes on as a copy of itself, since no program of Windows can remove its own file."""
    deadline = time.monotonic() + 60
    while path.exists():
        assert time.monotonic() < deadline, f"{path} is still there"
        time.sleep(0.2)


def is_wines_own(path: Path) -> bool:
    """Whether a file is one that Wine makes at the first use of something, whatever program asks."""
    return path.parts[0] == "windows" or "Temp" in path.parts
