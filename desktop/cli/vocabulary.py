"""The verb `vocabulary`: the thesauri of an archive, listed, taken out and in, and their terms taken out of use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.cli import failures, terminal
from desktop.cli.session import Access, archive_argument, json_option
from desktop.translate import number, tr, trn

if TYPE_CHECKING:
    from archive.cases.vocabularies import Term
    from archive.container import Archive

_HELP = tr(
    """List the vocabularies of an archive or the terms of one; write one as CSV or SKOS (Turtle); take terms in; take
    a term out of use. A term is retired or merged into another, never deleted: what was recorded with it stays.

    \b
      tamarisk vocabulary papers.tamarisk list
      tamarisk vocabulary papers.tamarisk list method
      tamarisk vocabulary papers.tamarisk export method --format skos --out method.ttl
      tamarisk vocabulary papers.tamarisk import method method.csv
      tamarisk vocabulary papers.tamarisk retire method harassment --into intimidation
    """
)
_NEEDS = {"list": (0, 1), "export": (1, 1), "import": (2, 2), "retire": (2, 2)}
_CSV, _SKOS = "csv", "skos"


@click.command(name="vocabulary", help=_HELP, short_help=tr("List and exchange vocabularies; retire terms."))
@archive_argument
@click.argument("action", type=click.Choice(list(_NEEDS)))
@click.argument("names", nargs=-1, metavar="[VOCABULARY] [FILE|TERM]")
@click.option(
    "--format",
    "form",
    type=click.Choice([_CSV, _SKOS]),
    help=tr("Usually as the name of the file says: .csv is CSV, .ttl is SKOS."),
)
@click.option("--out", metavar="FILE", type=click.Path(), help=tr("Where to write; FILE must not exist."))
@click.option("--into", metavar="TERM", default="", help=tr("The term that stands for the retired one from now on."))
@json_option
def vocabulary(
    access: Access, action: str, names: tuple[str, ...], form: str | None, out: str | None, into: str, as_json: bool
) -> int:
    least, most = _NEEDS[action]
    if not least <= len(names) <= most:
        raise click.UsageError(tr("Wrong number of arguments; see tamarisk vocabulary --help."))
    if (out and action != "export") or (into and action != "retire"):
        raise click.UsageError(tr("--out goes with export, --into with retire."))
    do: dict[str, Callable[[Archive], dict[str, object]]] = {
        "list": lambda archive: _list(archive, *names),
        "export": lambda archive: _export(archive, names[0], form, out, as_json),
        "import": lambda archive: _import(archive, names[0], Path(names[1]), form),
        "retire": lambda archive: _retire(archive, names[0], names[1], into),
    }
    with access.open(write=action in ("import", "retire")) as workspace:
        told = do[action](workspace.archive)
    if as_json:
        terminal.emit(told)
    else:
        _say(action, told)
    return failures.DONE


def _list(archive: Archive, name: str = "") -> dict[str, object]:
    from archive.cases import vocabularies

    if name:
        return {"vocabulary": name, "terms": [asdict(term) for term in _terms(archive, name)]}
    counted = {one: len(list(vocabularies.terms(archive.db, one))) for one in vocabularies.names(archive.db)}
    return {"vocabularies": counted}


def _terms(archive: Archive, name: str) -> tuple[Term, ...]:
    """The terms of a vocabulary. Raises NoSuchRecord where there is none."""
    from archive.cases import vocabularies
    from archive.errors import NoSuchRecord

    found = tuple(vocabularies.terms(archive.db, name))
    if not found:
        raise NoSuchRecord(id=name)
    return found


def _export(archive: Archive, name: str, form: str | None, out: str | None, as_json: bool) -> dict[str, object]:
    from archive.cases import thesaurus_csv
    from archive.cases.exchange import skos

    if as_json and not out:
        raise click.UsageError(tr("With --json the vocabulary itself needs --out FILE."))
    terms = _terms(archive, name)
    skos_wanted = _form(form, out) == _SKOS
    text = skos.write(name, terms) if skos_wanted else thesaurus_csv.write(terms)
    if out:
        from desktop import new_file

        new_file.write(Path(out), [text.encode()])
    else:
        terminal.say(terminal.clean_text(text).rstrip("\n"))
    return {"vocabulary": name, "terms": len(terms), "path": out}


def _import(archive: Archive, name: str, file: Path, form: str | None) -> dict[str, object]:
    from archive import custody
    from archive.cases import thesaurus_csv, vocabularies
    from archive.cases.exchange import skos
    from archive.connect import writing

    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(tr("{file} cannot be read: {why}", file=str(file), why=error)) from error
    read = skos.read if _form(form, str(file)) == _SKOS else thesaurus_csv.read
    known = {term.code: term for term in vocabularies.terms(archive.db, name)}
    terms = tuple(read(name, text))
    altered = [term for term in terms if term.code in known and not _same(term, known[term.code])]
    new = [term for term in terms if term.code not in known]
    with writing(archive.db):
        for term in terms:
            if term in new or term in altered:
                vocabularies.put(archive.db, term)
        custody.record(archive.db, "vocabulary imported", "", {"vocabulary": name, "terms": len(terms)}, archive.desk)
    same = len(terms) - len(new) - len(altered)
    return {"vocabulary": name, "new": len(new), "altered": len(altered), "same": same}


def _same(one: Term, other: Term) -> bool:
    """Whether two terms say the same; in which order they list their labels says nothing."""
    kept = ("broader", "status", "replaced_by")
    return (
        all(getattr(one, name) == getattr(other, name) for name in kept)
        and set(one.labels) == set(other.labels)
        and set(one.mappings) == set(other.mappings)
    )


def _retire(archive: Archive, name: str, code: str, into: str) -> dict[str, object]:
    from archive.cases import vocabularies

    vocabularies.retire(archive.db, name, code, who=archive.desk, into=into)
    return {"vocabulary": name, "retired": code, "into": into}


def _form(form: str | None, file: str | None) -> str:
    return form or (_SKOS if (file or "").lower().endswith((".ttl", ".turtle")) else _CSV)


def _say(action: str, told: dict[str, object]) -> None:
    match action, told:
        case "list", {"vocabularies": dict(counted)}:
            for name, count in counted.items():
                terminal.say(f"{name:<14} {trn('1 term', '{n} terms', count)}")
        case "list", {"terms": list(terms)}:
            _say_terms(terms)
        case "export", {"path": str(path)}:
            terminal.say(tr("Written to {path}.", path=terminal.clean(path)))
        case "import", {"new": int(new), "altered": int(altered), "same": int(same)}:
            told_so = {"new": number(new), "altered": number(altered), "same": number(same)}
            terminal.say(tr("Terms new: {new}; altered: {altered}; the same: {same}.", **told_so))
        case "retire", {"retired": str(code), "into": str(into)}:
            said = tr("{term} is out of use.", term=code)
            said = tr("{term} is read as {other} from now on.", term=code, other=into) if into else said
            terminal.say(terminal.clean(said))


def _say_terms(terms: list[dict[str, object]]) -> None:
    """Terms as they lie below each other."""
    below: dict[object, list[dict[str, object]]] = {}
    for term in terms:
        below.setdefault(term["broader"], []).append(term)

    def walk(code: object, indent: str) -> None:
        for term in below.get(code, ()):
            labels = term["labels"]
            assert isinstance(labels, tuple)
            preferred = ", ".join(label["text"] for label in labels if label["role"] == "preferred")
            status = "" if term["status"] == "current" else f" [{term['status']} {term['replaced_by']}".rstrip() + "]"
            terminal.say(terminal.clean(f"{indent}{term['code']}{status}  {preferred}"))
            walk(term["code"], indent + "  ")

    walk("", "")
