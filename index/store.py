"""The data folder: SQL is the source of truth, FAISS and the lexical index are derived from it and published with it.

    <home>/nianbao.sqlite      reports, originals, passages, figures, quantities, which sentences have vectors
    <home>/vectors/            those vectors (index/vectors.py)
    <home>/index/<generation>/ the derived index (index/generation.py)
    <home>/cache/              the unpacked encoder, jieba's parsed dictionary; may be deleted at any time

Publishing writes a new generation beside the old one and then commits one SQL transaction that holds both the new rows
and the generation's name. That commit is the only moment at which anything changes for a reader: a crash before it leaves
the last published state, and a reader that began before it finishes on what it began with. A new generation goes on with the
one before and costs what is new; only when much has come does it sort all sentences anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import threading
import time
import zlib
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import orjson
from numpy.typing import NDArray

from corpus.identity.lineage import fullest
from corpus.identity.lineage import lineage as key_of
from corpus.model import Figure, Finding, Quantity, Report, Section, Span, dumped
from corpus.textual import without_number
from index import Damaged, NotReady, Outdated, StoreError, dense, figures, fuse, lexical, sentences
from index.embed import Encoder, Vectors
from index.generation import MAIN, MAIN_INDEX, TAIL, link, read_manifest, sync, verify, write_manifest
from index.schema import VERSION, migrate, other_version, packed, unpacked
from index.segment import Segmenter, the_segmenter
from index.sentences import Occurrences, Ranges, SentenceIndex
from index.vectors import Rows, VectorFile

DATABASE = "nianbao.sqlite"
GENERATIONS = "index"
# What is being done ("embed" or "index"), how much of it, of how much.
Progress = Callable[[str, int, int], None]
# Sentences that are embedded between two commits: what a run that is killed loses.
_EMBEDDED_AT_ONCE = 2048
# What a rank by meaning weighs beside one by words: people ask in other words than reports are written in.
_MEANING = 6.0
# Occurrences of sentences that may have come before the main part takes them up.
_TAIL_AT_MOST = 262_144
# Of so many sentences it can be said how far one stands out.
_FEWEST_SENTENCES, _MOST_SENTENCES = 12, 1_024
# Reports that may be gone from the main part before it is written anew.
_GONE_AT_MOST = 1000


@dataclass(frozen=True, slots=True)
class StoredReport:
    """What is known of a report without reading its text."""

    row: int
    report_id: str
    agency: str
    year: int
    scope: str
    edition: str
    title: str
    published: str | None
    source_url: str | None
    version: int
    findings: int
    place: Mapping[str, str]
    lineage: str
    label: str


@dataclass(frozen=True, slots=True)
class StoredPassage:
    id: int
    report: int
    section: int
    topic: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report says something: a stretch of the text of one of its passages."""

    report: int
    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage.

    ``sentence`` is the stretch of its text that is nearest to the question in meaning, ``nearness`` the cosine; both None without an encoder.
    """

    passage: StoredPassage
    score: float
    sentence: tuple[int, int] | None = None
    nearness: float | None = None


@dataclass(frozen=True, slots=True)
class Background:
    """How near the sentences of some reports are to a question: how many they are, mean and standard deviation of all but the nearest."""

    count: int
    mean: float
    spread: float


@dataclass(frozen=True, slots=True)
class _Removed:
    """A report that was taken out: its row, and its passages from the first to the last."""

    row: int
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one report: ``added``, ``replaced`` or ``unchanged``."""

    report_id: str
    status: str


class Store:
    """Writing side of a data folder. One writer at a time, across processes."""

    def __init__(self, home: Path) -> None:
        self.home = home
        try:
            home.mkdir(parents=True, exist_ok=True)
            (home / GENERATIONS).mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(f"数据目录“{home}”无法写入：{error.strerror}。请换一个目录（--home）或检查权限。") from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The connection of the only writer."""
        try:
            lock = open(self.home / ".lock", "a")  # noqa: SIM115  (closed below)
        except OSError as error:
            raise StoreError(f"数据目录“{self.home}”无法写入：{error.strerror}。") from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            connection = connect(self.home / DATABASE)
            try:
                with _transaction(connection):
                    migrate(connection)
                yield connection
                self._sweep()  # while no other writer can have a folder half written
            finally:
                connection.close()
                # Closing does not unlock while a process that was forked meanwhile (a new reader of files) has the lock open too.
                fcntl.flock(lock, fcntl.LOCK_UN)

    def add(self, reports: Sequence[tuple[Report, bytes, str]], encoder: Encoder, progress: Progress | None = None) -> list[Added]:
        """Add or replace reports (with original bytes and file name) and publish. All of them or, on an error, none.

        What has been embedded by then stays, so that a run that was stopped does not embed it again.
        """
        outcome: list[Added] = []
        removed: list[_Removed] = []
        with self._writing() as connection:
            self._embed(connection, encoder, (p.text for report, _, _ in reports for p in report.passages), progress)
            with _transaction(connection):
                for report, data, name in reports:
                    outcome.append(_put(connection, report, data, name, removed))
                new = [report for (report, _, _), item in zip(reports, outcome, strict=True) if item.status != "unchanged"]
                _hold_against_years(connection, [(r.lineage, r.scope, r.year) for r in new])
                if any(item.status != "unchanged" for item in outcome) or _generation(connection) is None:
                    self._publish(connection, encoder, removed, progress)
        return outcome

    def remove(self, report_ids: Sequence[str], encoder: Encoder) -> list[str]:
        """Take reports out and publish; the ids that were held. Their originals stay in the history."""
        with self._writing() as connection, _transaction(connection):
            held: list[str] = []
            removed: list[_Removed] = []
            changed: list[tuple[str, str, int]] = []
            for report_id in report_ids:
                gone = connection.execute(
                    "DELETE FROM reports WHERE report_id = ? RETURNING id, first_passage, last_passage, lineage, scope, year", (report_id,)
                ).fetchone()
                if gone:
                    held.append(report_id)
                    removed.append(_Removed(*gone[:3]))
                    changed.append(gone[3:])
            _hold_against_years(connection, changed)
            if held:
                self._publish(connection, encoder, removed)
        return held

    def rebuild(self, encoder: Encoder, progress: Progress | None = None) -> int:
        """Derive the index again from SQL, embedding only what has no vector; the number of passages."""
        with self._writing() as connection:
            texts = (text for (text,) in connection.execute("SELECT text FROM passages"))
            damaged = _damaged_vectors(connection, VectorFile(self.home, encoder.name, encoder.dimension), encoder.name)
            self._embed(connection, encoder, texts, progress, anew=bool(damaged))
            with _transaction(connection):
                count = self._publish(connection, encoder, None, progress)
        return count

    def _embed(
        self, connection: sqlite3.Connection, encoder: Encoder, passages: Iterable[str], progress: Progress | None, *, anew: bool = False
    ) -> None:
        """Give every sentence of ``passages`` that has none a vector, a batch and its commit at a time."""
        file = VectorFile(self.home, encoder.name, encoder.dimension)
        if anew:
            connection.execute("DELETE FROM vectors WHERE model = ?", (encoder.name,))
        held = connection.execute("SELECT count(*) FROM sentences").fetchone()[0]
        done = connection.execute("SELECT coalesce(max(first + rows), 0) FROM vectors WHERE model = ?", (encoder.name,)).fetchone()[0]
        told: dict[bytes, str] = {}
        for text in passages:
            for _, _, sentence in sentences.split(text):
                told.setdefault(_hash(sentence), sentence)
        known = _numbers(connection, told)
        if done < held:  # another model, or a vector file that was lost: what SQL still tells is embedded under its old number
            every = {_hash(s): s for (text,) in connection.execute("SELECT text FROM passages") for _, _, s in sentences.split(text)}
            numbered = {number: every[digest] for digest, number in _numbers(connection, every).items()}
            for first in range(done, held, _EMBEDDED_AT_ONCE):
                rows = range(first, min(first + _EMBEDDED_AT_ONCE, held))
                self._write_vectors(connection, file, encoder, first, [numbered.get(row, "") for row in rows])
                if progress:
                    progress("embed", rows[-1] + 1 - done, held - done)
        # The longest first, so that memory peaks at once and a batch holds texts of like length.
        new = sorted((item for item in told.items() if item[0] not in known), key=lambda item: -len(item[1]))
        for at in range(0, len(new), _EMBEDDED_AT_ONCE):
            batch = new[at : at + _EMBEDDED_AT_ONCE]
            with _transaction(connection):
                self._write_vectors(connection, file, encoder, held + at, [sentence for _, sentence in batch])
                connection.executemany(
                    "INSERT INTO sentences VALUES (?,?)", ((held + at + n, digest) for n, (digest, _) in enumerate(batch))
                )
            if progress:
                progress("embed", at + len(batch), len(new))

    def _write_vectors(self, connection: sqlite3.Connection, file: VectorFile, encoder: Encoder, first: int, texts: Sequence[str]) -> None:
        digest = file.write(first, encoder.encode_passages(texts))
        connection.execute("INSERT OR REPLACE INTO vectors VALUES (?,?,?,?)", (encoder.name, first, len(texts), digest))

    def _publish(
        self, connection: sqlite3.Connection, encoder: Encoder, removed: Sequence[_Removed] | None, progress: Progress | None = None
    ) -> int:
        """Write a new generation and name it in the running transaction; the number of passages. ``removed`` None: go on with nothing."""
        segmenter = the_segmenter(self.home / "cache")
        facts: dict[str, Any] = {"model": encoder.name, "dimension": encoder.dimension, "dictionary": segmenter.digest}
        before = None if removed is None else self._to_go_on_with(connection, facts)
        held = connection.execute("SELECT count(*) FROM sentences").fetchone()[0]
        vectors = VectorFile(self.home, encoder.name, encoder.dimension).open(held)
        generation = f"{int(time.time() * 1000):013d}-{os.getpid()}"
        folder = self.home / GENERATIONS / generation
        partial = folder.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        manifest: dict[str, Any] = read_manifest(before) if before else {"last_passage": 0, "main": 0, "gone": []}
        gone = [(r.first, r.last) for r in removed or () if r.first is not None and r.last is not None] if before else []
        if before:
            link(before / lexical.FOLDER, partial / lexical.FOLDER)
        since = manifest["last_passage"]
        last = connection.execute("SELECT coalesce(max(id), ?) FROM passages WHERE id > ?", (since, since)).fetchone()[0]
        tail, told = _occurrences(connection, since)
        lexical.write(partial, told, segmenter, progress)
        if before:
            tail = np.concatenate([Occurrences.open(before / TAIL).without(Ranges(gone)), tail])
        gone = [*map(tuple, manifest["gone"]), *gone]
        main = _write_sentences(partial, before, manifest["main"], tail, gone, vectors)
        facts |= {
            "reports": connection.execute("SELECT count(*) FROM reports").fetchone()[0],
            "passages": connection.execute("SELECT count(*) FROM passages").fetchone()[0],
            "last_passage": last, "sentences": held, "main": main[0], "gone": main[1],
        }  # fmt: skip
        write_manifest(partial, facts, before)
        sync(partial)
        partial.rename(folder)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('generation', ?)", (generation,))
        return int(facts["passages"])

    def _to_go_on_with(self, connection: sqlite3.Connection, facts: Mapping[str, object]) -> Path | None:
        """The published generation, where it was built in the same way and is whole."""
        name = _generation(connection)
        folder = self.home / GENERATIONS / (name or "none")
        if name is None or verify(folder, whole=False):
            return None
        manifest = read_manifest(folder)
        return folder if all(manifest.get(key) == value for key, value in facts.items()) else None

    def _sweep(self) -> None:
        """Delete generations that no reader can still want: all but the current one and the one before it."""

        connection = connect(self.home / DATABASE, readonly=True)
        try:
            current = _generation(connection)
        finally:
            connection.close()
        folders = sorted(p for p in (self.home / GENERATIONS).iterdir() if p.is_dir())
        kept = {current, *(p.name for p in folders if p.suffix != ".partial" and p.name < (current or ""))}
        older = sorted(name for name in kept if name and name != current)[:-1]
        for folder in folders:
            if folder.name not in kept or folder.name in older:
                shutil.rmtree(folder, ignore_errors=True)


def connect(path: Path, *, readonly: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode: transactions are spelled out."""
    try:
        if readonly:
            connection = sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
        else:
            connection = sqlite3.connect(path, isolation_level=None, timeout=30)
            connection.execute("PRAGMA journal_mode = WAL")
            # A report's figures go to two hundred places of one tree: the leaves that are written again and again should stay in memory.
            connection.execute("PRAGMA cache_size = -200000")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        raise Damaged(f"数据库“{path}”打不开或已损坏：{error}。可从备份恢复，或删除数据目录后重新添加报告。") from error
    return connection


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction, rolled back on any error."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _generation(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    return row[0] if row else None


def _put(connection: sqlite3.Connection, report: Report, data: bytes, name: str, removed: list[_Removed]) -> Added:
    """Write one report's rows; what they replace goes to ``removed``. The same bytes read the same way change nothing."""
    held = connection.execute(
        "SELECT digest, reading, id, first_passage, last_passage FROM reports WHERE report_id = ?", (report.report_id,)
    ).fetchone()
    if held and held[:2] == (report.digest, report.reading):
        return Added(report.report_id, "unchanged")
    if held:
        connection.execute("DELETE FROM reports WHERE id = ?", (held[2],))
        removed.append(_Removed(*held[2:]))
    last = connection.execute("SELECT max(version) FROM originals WHERE report_id = ?", (report.report_id,)).fetchone()[0]
    version = (last or 0) + 1
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    counts = {"figures": len(report.figures), "passages": len(report.passages), "findings": len(report.findings)}
    cursor = connection.execute(
        f"INSERT INTO reports VALUES ({','.join('?' * 21)})",  # noqa: S608  (only question marks)
        (
            None, report.report_id, report.agency, report.year, report.scope, report.edition, report.title,
            report.published, report.source_url, report.format, report.digest, version, now, _dump(counts),
            _dump(dict(report.place)), report.lineage, report.label, report.reading, None, None, 0,
        ),
    )  # fmt: skip
    row = cursor.lastrowid
    assert row is not None  # noqa: S101  (an insert has a row)
    connection.execute(
        "INSERT INTO contents VALUES (?,?,?,?,?,?,?)",
        (
            row, report.text, _dump(report.found), _dump(report.sections),
            _dump(report.paragraphs), packed(report.checks), packed([]),
        ),
    )  # fmt: skip
    _keep_failures(connection, row, report.checks, across=False)
    connection.execute(
        "INSERT INTO originals VALUES (?,?,?,?,?,?)",
        (report.report_id, version, name, report.digest, now, zlib.compress(data, 6)),
    )
    connection.executemany(
        'INSERT INTO passages (report, section, topic, text, start, "end") VALUES (?,?,?,?,?,?)',
        ((row, p.section, p.topic, p.text, p.start, p.end) for p in report.passages),
    )
    connection.execute(
        "UPDATE reports SET (first_passage, last_passage) = (SELECT min(id), max(id) FROM passages WHERE report = ?1) WHERE id = ?1", (row,)
    )
    figures.insert(connection, row, report.figures, report.quantities)
    return Added(report.report_id, "replaced" if held else "added")


def _keep_failures(connection: sqlite3.Connection, report: int, checks: Sequence[Finding], *, across: bool) -> None:
    """Keep which checks of a report failed, of its own or of those against the year before, in place of those kept."""
    connection.execute("DELETE FROM failures WHERE report = ? AND across = ?", (report, across))
    failures = (check for check in checks if check.status == "fail")
    connection.executemany(
        "INSERT INTO failures VALUES (?,?,?,?)", ((report, across, seq, _dump(check)) for seq, check in enumerate(failures))
    )


@dataclass(frozen=True, slots=True)
class _OfYear:
    """What a report is held against another year's by."""

    agency: str
    year: int
    scope: str
    edition: str
    lineage: str
    figures: tuple[Figure, ...]


def _hold_against_years(connection: sqlite3.Connection, changed: Iterable[tuple[str, str, int]]) -> None:
    """Make the checks against the year before anew, of reports (lineage, scope, year) that have come or gone and of those after them."""
    from corpus.audit import across_years, carried_metrics  # adding alone reads: a server starts without what reading takes

    years: dict[tuple[str, str], set[int]] = {}
    for lineage, scope, year in changed:
        years.setdefault((lineage, scope), set()).update((year, year + 1))
    for (lineage, scope), later in years.items():
        rows = connection.execute(
            "SELECT id, agency, year, scope, edition, lineage FROM reports WHERE lineage = ? AND scope = ?", (lineage, scope)
        ).fetchall()
        row_of = {row[2]: row for row in rows}
        held = {
            year: _OfYear(
                row[1],
                row[2],
                row[3],
                row[4],
                row[5],
                tuple(figure for _, figure in figures.figures(connection, [row[0]], carried_metrics())),
            )
            for year, row in row_of.items()
            if {year, year + 1} & later
        }
        for year in later & set(row_of):
            checks = across_years(held[year - 1], held[year]) if year - 1 in held else ()
            row = row_of[year][0]
            connection.execute("UPDATE contents SET across = ? WHERE report = ?", (packed(checks), row))
            _keep_failures(connection, row, checks, across=True)
            connection.execute("UPDATE reports SET across_findings = ? WHERE id = ?", (sum(c.status != "pass" for c in checks), row))


def _numbers(connection: sqlite3.Connection, digests: Iterable[bytes]) -> dict[bytes, int]:
    """The numbers of those sentences that have been embedded."""
    found = ((digest, connection.execute("SELECT id FROM sentences WHERE hash = ?", (digest,)).fetchone()) for digest in digests)
    return {digest: row[0] for digest, row in found if row}


def _occurrences(connection: sqlite3.Connection, since: int) -> tuple[NDArray[np.int32], dict[int, str]]:
    """(passage, sentence, start, end) of every sentence of the passages after ``since``, by passage, int32 [m, 4]; the sentences."""
    numbers: dict[bytes, int] = {}
    told: dict[int, str] = {}
    flat = array("i")
    for passage, text in connection.execute("SELECT id, text FROM passages WHERE id > ? ORDER BY id", (since,)):
        for start, end, sentence in sentences.split(text):
            digest = _hash(sentence)
            if digest not in numbers:
                numbers |= _numbers(connection, [digest])
                told[numbers[digest]] = sentence
            flat.extend((passage, numbers[digest], start, end))
    return np.array(flat, dtype=np.int32).reshape(-1, 4), told


def _write_sentences(
    folder: Path, before: Path | None, main: int, tail: NDArray[np.int32], gone: list[tuple[int, int]], vectors: Rows
) -> tuple[int, list[tuple[int, int]]]:
    """Write or link where sentences stand and the main index over them; (sentences in it, passages gone from it).

    ``main`` sentences are in the main index of the generation ``before``; ``tail`` are the occurrences that its main part has not.
    """
    old = before / MAIN if before and (before / MAIN).exists() else None
    columns = tail
    if len(vectors) - main >= dense.MAIN_FROM or len(tail) >= _TAIL_AT_MOST or len(gone) > _GONE_AT_MOST:
        if old:
            columns = np.concatenate([Occurrences.open(old).without(Ranges(gone)), tail])
        Occurrences.of(columns).save(folder / MAIN)
        tail, gone = columns[:0], []
        if len(vectors) - main >= dense.MAIN_FROM:
            if main and before:
                dense.extend(before / MAIN_INDEX, folder / MAIN_INDEX, vectors, main)
            else:
                dense.build(folder / MAIN_INDEX, vectors)
            main = len(vectors)
        elif main and before:
            link(before / MAIN_INDEX, folder / MAIN_INDEX)
    elif before:
        for name in (MAIN, MAIN_INDEX):
            if (before / name).exists():
                link(before / name, folder / name)
    Occurrences.of(tail).save(folder / TAIL)
    return main, gone


class Snapshot:
    """A published state, for reading. Belongs to one thread while in use; the index files are shared."""

    def __init__(self, connection: sqlite3.Connection, loaded: _Loaded) -> None:
        self._connection = connection
        self._loaded = loaded

    @property
    def reports(self) -> tuple[StoredReport, ...]:
        """Every report held, by agency and newest year first."""
        return self._loaded.reports

    def report(self, report_id: str) -> StoredReport | None:
        return self._loaded.by_id.get(report_id)

    def text(self, report: int) -> str:
        """The text that all offsets of a report point into."""
        row = self._connection.execute("SELECT text FROM contents WHERE report = ?", (report,)).fetchone()
        return str(row[0]) if row else ""

    def quote(self, report: int, start: int, end: int) -> str:
        """``text[start:end]`` of a report."""
        row = self._connection.execute(
            "SELECT substr(text, ?, ?) FROM contents WHERE report = ?", (start + 1, end - start, report)
        ).fetchone()
        return str(row[0]) if row else ""

    def sections(self, report: int) -> tuple[Section, ...]:
        return tuple(
            Section(number, title, Span(*heading), start, end)
            for number, title, heading, start, end in orjson.loads(self._column(report, "sections"))
        )

    def paragraphs(self, report: int) -> tuple[Span, ...]:
        """Runs of text outside tables, in reading order."""
        return tuple(Span(*pair) for pair in orjson.loads(self._column(report, "paragraphs")))

    def found(self, report: int) -> dict[str, str]:
        """Where agency, year and scope were found."""
        found: dict[str, str] = orjson.loads(self._column(report, "found"))
        return found

    def checks(self, report: int) -> tuple[Finding, ...]:
        """All checks of a report, the passed ones too and those against the year before."""
        row = self._connection.execute("SELECT checks, across FROM contents WHERE report = ?", (report,)).fetchone()
        return tuple(_finding(held) for column in row or () for held in unpacked(column))

    def failures(self, reports: Sequence[int]) -> dict[int, tuple[Finding, ...]]:
        """The checks of each of some reports that failed, as ``checks`` has them; a report without one is left out."""
        rows = self._connection.execute(
            "SELECT report, finding FROM failures WHERE report IN (SELECT value FROM json_each(?)) ORDER BY report, across, seq",
            (_dump(list(reports)),),
        ).fetchall()
        return {report: tuple(_finding(orjson.loads(held)) for _, held in kept) for report, kept in groupby(rows, itemgetter(0))}

    def _column(self, report: int, name: str) -> str:
        row = self._connection.execute(f"SELECT {name} FROM contents WHERE report = ?", (report,)).fetchone()  # noqa: S608
        return str(row[0]) if row else "[]"

    def original(self, report_id: str) -> tuple[str, bytes] | None:
        """File name and bytes of a report as it was added."""
        row = self._connection.execute(
            "SELECT name, data FROM originals WHERE report_id = ? ORDER BY version DESC LIMIT 1", (report_id,)
        ).fetchone()
        return (str(row[0]), zlib.decompress(row[1])) if row else None

    def figures(
        self,
        reports: Sequence[int],
        metrics: Sequence[str] | None = None,
        applicants: Sequence[str | None] | None = None,
    ) -> list[tuple[int, Figure]]:
        if metrics is None or applicants is None or not _MANY_REPORTS <= len(reports) <= _MOST_CELLS:
            return figures.figures(self._connection, reports, metrics, applicants)
        # A portal's readers ask who has the most of the same bodies again and again; what is published does not change.
        key = tuple(metrics), tuple(applicants), tuple(reports)
        kept = self._loaded.cells.get(key)
        if kept is None:
            kept = tuple(figures.figures(self._connection, reports, metrics, applicants))
            self._loaded.keep_cells(key, kept)
        return list(kept)

    def quantities(
        self, reports: Sequence[int], subject: str | None = None, channels: Sequence[str] | None = None
    ) -> list[tuple[int, Quantity]]:
        return figures.quantities(self._connection, reports, subject, channels)

    def passages(self, reports: Sequence[int], section: int | None = None) -> list[StoredPassage]:
        """Passages of reports in reading order."""
        rows = self._connection.execute(
            'SELECT id, report, section, topic, text, start, "end" FROM passages'
            " WHERE report IN (SELECT value FROM json_each(?)) AND (? IS NULL OR section = ?) ORDER BY id",
            (_dump(list(reports)), section, section),
        )
        return [StoredPassage(*row) for row in rows]

    def saying(self, texts: Sequence[str], reports: Sequence[int]) -> list[Place]:
        """Where each of some reports first says each of some texts, word for word, in one sentence; in the order in which they were added."""
        told = self._loaded.lexical.holding(texts)
        if told is None:
            first: dict[int, Place] = {}
            for passage in self.passages(reports):
                for start, end, _ in sentences.split(passage.text):
                    if all(text in passage.text[start:end] for text in texts):
                        first.setdefault(passage.report, Place(passage.report, passage.id, start, end))
            return list(first.values())
        found = self._loaded.sentences.every(told, self._loaded.within(reports).passages)
        if any(sentences.without_numbers(text) != text for text in texts):  # sentences that differ in their numbers alone are one there
            held = {p.id: p.text for p in self.passages_by_id(np.unique(found[:, 0]).tolist())}
            fits = [all(text in held[passage][start:end] for text in texts) for passage, start, end in found.tolist()]
            found = found[np.array(fits, dtype=bool)]
        rows, at = np.unique(self._loaded.reports_of(found[:, 0]), return_index=True)
        order = np.argsort(at)
        return list(map(Place, rows[order].tolist(), *found[at[order]].T.tolist()))

    def nearest(self, query: str, reports: Sequence[int] | None, k: int, encoder: Encoder) -> list[StoredPassage]:
        """The passages nearest in meaning alone: what the encoder finds without words, to measure it by."""
        near = self._near(encoder.encode_queries([query]), self._loaded.within(reports), 4 * k)
        return self.passages_by_id(list(dict.fromkeys(f.passage for f in near))[:k])

    def background(self, query: str, reports: Sequence[int], encoder: Encoder) -> Background | None:
        """What a sentence of some reports stands out of, by some of their sentences where they are many; None where they have too few."""
        dense_ = self._loaded.sentences.dense
        ids = self._loaded.within(reports).sentences
        count = len(dense_) if ids is None else len(ids)
        if count < _FEWEST_SENTENCES:
            return None
        step = -(-count // _MOST_SENTENCES)
        some = np.arange(0, count, step, dtype=np.int32) if ids is None else ids[::step]
        cosines = np.sort(dense_.cosines(encoder.encode_queries([query]), some))
        others = cosines[:-1] if step == 1 else cosines
        return Background(count, float(others.mean()), max(float(others.std()), 1e-3))

    def _near(self, vector: Vectors, within: _Within, depth: int) -> list[sentences.Found]:
        """Occurrences of the sentences nearest in meaning, best first."""
        dense_ = self._loaded.sentences.dense
        return self._loaded.sentences.ranked(lambda n: dense_.search(vector, within.sentences, n), within.passages, depth)

    def recall(self, query: str, reports: Sequence[int] | None, k: int, encoder: Encoder) -> float:
        """The share of the ``k`` sentences nearest to a query, found by comparing with all, that the index finds."""
        within = self._loaded.within(reports)
        return self._loaded.sentences.dense.recall(encoder.encode_queries([query]), within.sentences, k)

    def passages_by_id(self, ids: Sequence[int]) -> list[StoredPassage]:
        """Some passages, in the order of ``ids``."""
        rows = self._connection.execute(
            'SELECT id, report, section, topic, text, start, "end" FROM passages WHERE id IN (SELECT value FROM json_each(?))',
            (_dump(list(ids)),),
        )
        held = {row[0]: StoredPassage(*row) for row in rows}
        return [held[i] for i in ids if i in held]

    def search(self, query: str, reports: Sequence[int] | None, k: int = 8, encoder: Encoder | None = None) -> list[Hit]:
        """The best passages for a query, filtered hard by report: ranks by the meaning of their sentences and by words
        are fused. Of passages that answer with the same sentence the first stands for all.

        Without an encoder the lexical ranks stand alone.
        """
        depth = max(50, k)
        within = self._loaded.within(reports)
        by_words = self._loaded.sentences.ranked(lambda n: self._loaded.lexical.search(query, within.sentences, n), within.passages, depth)
        vector = encoder.encode_queries([query]) if encoder is not None else None
        nearest: dict[int, sentences.Found] = {}
        for found in self._near(vector, within, depth) if vector is not None else ():
            nearest.setdefault(found.passage, found)
        worded = list(dict.fromkeys(found.passage for found in by_words))
        ranked = fuse.reciprocal_rank([(_MEANING, list(nearest)[:depth]), (1.0, worded[:depth])])
        hits: list[Hit] = []
        told: set[str] = set()
        for passage, score in self._in_order(ranked, 3 * k):
            best = nearest.get(passage.id) or (self._loaded.sentences.of(passage.id, vector) if vector is not None else None)
            words = without_number(passage.text[best.start : best.end]) if best else passage.text
            if words in told:
                continue
            told.add(words)
            span, cosine = ((best.start, best.end), best.score) if best else (None, None)
            hits.append(Hit(passage, score, span, cosine))
            if len(hits) == k:
                break
        return hits

    def _in_order(self, ranked: Sequence[tuple[int, float]], at_once: int) -> Iterator[tuple[StoredPassage, float]]:
        """Ranked passages with their scores, fetched only as far as they are asked for."""
        for first in range(0, len(ranked), at_once):
            some = ranked[first : first + at_once]
            held = {p.id: p for p in self.passages_by_id([i for i, _ in some])}
            yield from ((held[i], score) for i, score in some if i in held)

    @property
    def segmenter(self) -> Segmenter:
        return self._loaded.segmenter

    @property
    def manifest(self) -> dict[str, Any]:
        return self._loaded.manifest


@dataclass(frozen=True, slots=True)
class _Within:
    """The passages of some reports and the sentences in them; None for all."""

    passages: Ranges | None
    sentences: dense.Ids | None


_ALL = _Within(None, None)
_FILTERS = 64  # kept ready: pages and questions come back to the same years and bodies
_CellsOf = tuple[tuple[str, ...], tuple[str | None, ...], tuple[int, ...]]
"""Metrics, applicants and reports."""
_Key = TypeVar("_Key")
_Made = TypeVar("_Made")
_KEPT_CELLS, _MANY_REPORTS, _MOST_CELLS = 32, 16, 600  # 32 times 600 figures weigh some 14 MB


def _keep(kept: OrderedDict[_Key, _Made], key: _Key, made: _Made, most: int) -> None:
    """Keep what was made for a key, the oldest given up first."""
    kept[key] = made
    while len(kept) > most:
        with suppress(KeyError):  # another thread was faster
            kept.popitem(last=False)


class _Loaded:
    """A generation in memory."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, segmenter: Segmenter) -> None:
        self.generation = folder.name
        self.manifest = read_manifest(folder)
        self.segmenter = segmenter
        if self.manifest.get("dictionary") != segmenter.digest:
            raise Outdated("索引是用另一版词典建的，请运行 nianbao rebuild 重新建立索引。")
        file = VectorFile(folder.parent.parent, self.manifest["model"], self.manifest["dimension"])
        main = folder / MAIN_INDEX
        self.sentences = SentenceIndex(
            dense.DenseIndex(file.open(self.manifest["sentences"]), main if main.exists() else None),
            [Occurrences.open(folder / name) for name in (MAIN, TAIL) if (folder / name).exists()],
            Ranges(self.manifest["gone"]),
        )
        self.lexical = lexical.LexicalIndex(folder, segmenter)
        rows = connection.execute(
            "SELECT id, report_id, agency, year, scope, edition, title, published, source_url, version, lineage, label, counts, place, across_findings,"
            " first_passage, last_passage FROM reports ORDER BY agency, year DESC, scope"
        ).fetchall()
        self.reports = _by_one_name([_stored_report(row) for row in rows])
        self.by_id = {r.report_id: r for r in self.reports}
        self._passages = {row[0]: row[-2:] for row in rows if row[-1] is not None}
        ordered = sorted((first, row) for row, (first, _) in self._passages.items())
        self._first = np.array([first for first, _ in ordered], dtype=np.int64)
        self._row = np.array([row for _, row in ordered], dtype=np.int64)
        self._filters: OrderedDict[tuple[int, ...], _Within] = OrderedDict()
        self.cells: OrderedDict[_CellsOf, tuple[tuple[int, Figure], ...]] = OrderedDict()
        if len(self.reports) != self.manifest["reports"]:
            raise Damaged("索引与数据库对不上，请运行 nianbao rebuild 重新建立索引。")

    def reports_of(self, passages: NDArray[np.int32]) -> NDArray[np.int64]:
        """The report of each of some passages [m], int64 [m]."""
        return self._row[np.searchsorted(self._first, passages, side="right") - 1]

    def keep_cells(self, of: _CellsOf, found: tuple[tuple[int, Figure], ...]) -> None:
        """Keep the figures of some cells of many reports; none of so many that they would weigh."""
        if len(found) <= _MOST_CELLS:
            _keep(self.cells, of, found, _KEPT_CELLS)

    def within(self, reports: Sequence[int] | None) -> _Within:
        """What to search for some reports, None for all."""
        if reports is None or len(reports) >= len(self.reports):
            return _ALL
        key = tuple(reports)
        found = self._filters.get(key)
        if found is None:
            passages = Ranges(self._passages[row] for row in set(key) if row in self._passages)
            found = _Within(passages, self.sentences.inside(passages))
            _keep(self._filters, key, found, _FILTERS)
        return found


class Index:
    """Reading side of a data folder: verified when opened, and always on the state published last."""

    def __init__(self, home: Path) -> None:
        if not (home / DATABASE).exists():
            raise NotReady(f"数据目录“{home}”里还没有报告；请先运行 nianbao add 添加报告。")
        self.home = home
        self._local = threading.local()
        self._lock = threading.Lock()
        self._segmenter = the_segmenter(home / "cache")
        self._loaded: _Loaded | None = None
        with self.reading():
            pass

    @contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """A snapshot in one read transaction. Raises NotReady or Damaged."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = connect(self.home / DATABASE, readonly=True)
            self._local.connection = connection
        try:
            connection.execute("BEGIN")
            yield Snapshot(connection, self._current(connection))
        except sqlite3.DatabaseError as error:
            raise Damaged(f"数据库读取失败：{error}。请运行 nianbao doctor 检查。") from error
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close this thread's connection."""
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def _current(self, connection: sqlite3.Connection) -> _Loaded:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version < VERSION:
            raise Outdated(other_version(version))
        if version != VERSION:
            raise Damaged(other_version(version))
        generation = _generation(connection)
        if generation is None:
            raise NotReady(f"数据目录“{self.home}”里还没有报告；请先运行 nianbao add 添加报告。")
        loaded = self._loaded
        if loaded is None or loaded.generation != generation:
            with self._lock:
                loaded = self._loaded
                if loaded is None or loaded.generation != generation:
                    folder = self.home / GENERATIONS / generation
                    problems = verify(folder, whole=False)
                    if problems:
                        raise Damaged("索引已损坏：" + "；".join(problems) + "。请运行 nianbao rebuild 重新建立索引。")
                    try:
                        loaded = _Loaded(folder, connection, self._segmenter)
                    except (OSError, ValueError, RuntimeError, KeyError) as error:
                        raise Damaged("索引打不开，请运行 nianbao rebuild 重新建立索引。") from error
                    self._loaded = loaded
        return loaded


_HEAD = ("row", "report_id", "agency", "year", "scope", "edition", "title", "published", "source_url", "version", "lineage", "label")


def _by_one_name(reports: Sequence[StoredReport]) -> tuple[StoredReport, ...]:
    """The reports under the fullest name that a body prints in any of them; a title of one leaves out what another says."""
    names = fullest([r.agency for r in reports])
    held = [replace(r, agency=full, lineage=key_of(full)) if (full := names.get(r.agency)) else r for r in reports]
    return tuple(sorted(held, key=lambda r: (r.agency, -r.year, r.scope)) if names else held)


def _stored_report(row: Sequence[Any]) -> StoredReport:
    counts, place, across = row[len(_HEAD) : len(_HEAD) + 3]
    findings = orjson.loads(counts)["findings"] + across
    return StoredReport(**dict(zip(_HEAD, row, strict=False)), findings=findings, place=orjson.loads(place))


def _finding(held: Sequence[Any]) -> Finding:
    rule, status, message, places, values, spans = held
    return Finding(rule, status, message, tuple(places), tuple(values), tuple(Span(*span) for span in spans))


def doctor(home: Path) -> list[str]:
    """Everything that is wrong with a data folder; empty when all is well."""
    if not (home / DATABASE).exists():
        return [f"数据目录“{home}”里没有数据库 {DATABASE}"]
    problems: list[str] = []
    try:
        connection = connect(home / DATABASE, readonly=True)
    except Damaged as error:
        return [str(error)]
    try:
        for (result,) in connection.execute("PRAGMA integrity_check").fetchall():
            if result != "ok":
                problems.append(f"数据库完整性检查：{result}")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != VERSION:
            return [*problems, other_version(version).rstrip("。")]
        for report_id, digest, data in connection.execute("SELECT report_id, digest, data FROM originals"):
            if hashlib.sha256(zlib.decompress(data)).hexdigest() != digest:
                problems.append(f"报告 {report_id} 的原文件与登记的校验值不符")
        generation = _generation(connection)
        if generation is None:
            return [*problems, "还没有发布过索引"]
        folder = home / GENERATIONS / generation
        problems += verify(folder, whole=True)
        if not problems:
            manifest = read_manifest(folder)
            problems += _damaged_vectors(connection, VectorFile(home, manifest["model"], manifest["dimension"]), manifest["model"])
            for name, table in (("reports", "reports"), ("passages", "passages")):
                count = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
                if manifest.get(name) != count:
                    problems.append(f"清单记着 {manifest.get(name)} 个 {name}，数据库里有 {count} 个")
    except (sqlite3.DatabaseError, zlib.error) as error:
        problems.append(f"数据库读取失败：{error}")
    finally:
        connection.close()
    return problems


def _dump(value: object) -> str:
    return dumped(value).decode()


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]


def _damaged_vectors(connection: sqlite3.Connection, file: VectorFile, model: str) -> list[str]:
    """What is wrong with a model's vector file, as a Chinese phrase."""
    written = connection.execute("SELECT first, rows, digest FROM vectors WHERE model = ?", (model,)).fetchall()
    if not all(file.holds(first + rows) and file.digest(first, rows) == digest for first, rows, digest in written):
        return ["句向量文件缺失或与登记的校验值不符"]
    return []
