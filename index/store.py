"""The data folder: SQL is the source of truth, FAISS and the lexical index are derived from it and published with it.

    <home>/nianbao.sqlite      reports, originals, passages, figures, quantities, embeddings
    <home>/index/<generation>/ dense.faiss, lexical/, catalog.npz, manifest.json
    <home>/cache/              the unpacked encoder, jieba's parsed dictionary; may be deleted at any time

Publishing writes a new generation beside the old one and then commits one SQL transaction that holds both the new rows
and the generation's name. That commit is the only moment at which anything changes for a reader: a crash before it leaves
the last published state, and a reader that began before it finishes on what it began with.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.audit import across_years
from corpus.model import Figure, Finding, Quantity, Report, Section, Span
from index import Damaged, NotReady, Outdated, StoreError, dense, figures, fuse, lexical, sentences
from index.embed import Encoder, Vectors
from index.segment import Segmenter

SCHEMA_VERSION = 3
# What each version added to the one before it.
_MIGRATIONS = {
    2: (
        "ALTER TABLE reports ADD COLUMN place TEXT NOT NULL DEFAULT '{}'",
        "ALTER TABLE reports ADD COLUMN lineage TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE reports ADD COLUMN label TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE reports ADD COLUMN reading TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE reports ADD COLUMN across TEXT NOT NULL DEFAULT '[]'",
        "CREATE INDEX IF NOT EXISTS reports_by_lineage ON reports (lineage, scope, year)",
    ),
    3: (),  # sentences are derived
}
DATABASE = "nianbao.sqlite"
GENERATIONS = "index"
MANIFEST = "manifest.json"
CATALOG = "catalog.npz"

_SCHEMA = (
    """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reports (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL UNIQUE,
    agency TEXT NOT NULL, year INTEGER NOT NULL, scope TEXT NOT NULL, edition TEXT NOT NULL,
    title TEXT NOT NULL, published TEXT, source_url TEXT, format TEXT NOT NULL,
    digest TEXT NOT NULL, version INTEGER NOT NULL, added TEXT NOT NULL,
    text TEXT NOT NULL, found TEXT NOT NULL, sections TEXT NOT NULL, checks TEXT NOT NULL,
    paragraphs TEXT NOT NULL, counts TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '{}', lineage TEXT NOT NULL DEFAULT '', label TEXT NOT NULL DEFAULT '', reading TEXT NOT NULL DEFAULT '',
    across TEXT NOT NULL DEFAULT '[]'
);
CREATE TABLE IF NOT EXISTS originals (
    report_id TEXT NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL,
    added TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (report_id, version)
);
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    report INTEGER NOT NULL REFERENCES reports(id) ON DELETE CASCADE,
    section INTEGER NOT NULL, topic TEXT, text TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, hash TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS reports_by_lineage ON reports (lineage, scope, year);
CREATE INDEX IF NOT EXISTS passages_by_report ON passages (report);
CREATE TABLE IF NOT EXISTS embeddings (
    model TEXT NOT NULL, hash TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (model, hash)
) WITHOUT ROWID;
"""
    + figures.SCHEMA
)


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
class Hit:
    """A retrieved passage. ``cosine`` is None when the encoder was not asked or did not rank it.

    ``sentence`` is the stretch of its text that is nearest to the question in meaning, ``nearness`` how near; both None without an encoder.
    """

    passage: StoredPassage
    score: float
    cosine: float | None
    bm25: float | None
    sentence: tuple[int, int] | None = None
    nearness: float | None = None


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
        """The connection of the only writer, in one transaction that is rolled back on any error."""
        try:
            lock = open(self.home / ".lock", "a")  # noqa: SIM115  (closed below)
        except OSError as error:
            raise StoreError(f"数据目录“{self.home}”无法写入：{error.strerror}。") from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            connection = connect(self.home / DATABASE)
            try:
                _migrate(connection)
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            finally:
                connection.close()

    def add(
        self,
        reports: Sequence[tuple[Report, bytes, str]],
        encoder: Encoder,
        progress: Callable[[int, int], None] | None = None,
    ) -> list[Added]:
        """Add or replace reports (with original bytes and file name) and publish. All of them or, on an error, none."""
        outcome: list[Added] = []
        with self._writing() as connection:
            for report, data, name in reports:
                outcome.append(_put(connection, report, data, name))
                if outcome[-1].status != "unchanged":
                    _hold_against_years(connection, report.lineage, report.scope, report.year)
            if any(item.status != "unchanged" for item in outcome) or _generation(connection) is None:
                self._publish(connection, encoder, progress)
        self._sweep()
        return outcome

    def remove(self, report_ids: Sequence[str], encoder: Encoder) -> list[str]:
        """Take reports out and publish; the ids that were held. Their originals stay in the history."""
        with self._writing() as connection:
            held = []
            for report_id in report_ids:
                gone = connection.execute("DELETE FROM reports WHERE report_id = ? RETURNING lineage, scope, year", (report_id,)).fetchone()
                if gone:
                    held.append(report_id)
                    _hold_against_years(connection, *gone)
            if held:
                self._publish(connection, encoder, None)
        self._sweep()
        return held

    def rebuild(self, encoder: Encoder, progress: Callable[[int, int], None] | None = None) -> int:
        """Derive the index again from SQL; the number of passages."""
        with self._writing() as connection:
            count = self._publish(connection, encoder, progress)
        self._sweep()
        return count

    def _publish(self, connection: sqlite3.Connection, encoder: Encoder, progress: Callable[[int, int], None] | None) -> int:
        """Write a new generation and name it in the running transaction; the number of passages."""
        rows = connection.execute("SELECT id, report, section, text FROM passages ORDER BY id").fetchall()
        told: dict[str, int] = {}
        occurrences = []
        for passage, _, _, text in rows:
            for start, end, sentence in sentences.split(text):
                occurrences.append((passage, told.setdefault(sentence, len(told)), start, end))
        _embed_missing(connection, encoder, [*dict.fromkeys(r[3] for r in rows), *told], progress)
        ids = np.array([r[0] for r in rows], dtype=np.int64)
        embedded = _vectors(connection, encoder, [*(r[3] for r in rows), *told])
        vectors = embedded[: len(rows)]
        generation = f"{int(time.time() * 1000):013d}-{os.getpid()}"
        folder = self.home / GENERATIONS / generation
        partial = folder.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        segmenter = Segmenter(cache=self.home / "cache")
        dense.write(partial, ids, vectors, vectors.shape[1])
        sentences.write(partial, occurrences, embedded[len(rows) :], vectors.shape[1])
        lexical.write(partial, (lexical.LexicalDocument(r[0], r[1], r[3]) for r in rows), segmenter)
        np.savez(
            partial / CATALOG,
            passage=ids,
            report=np.array([r[1] for r in rows], dtype=np.int64),
            section=np.array([r[2] for r in rows], dtype=np.int8),
        )
        manifest = {
            "schema": SCHEMA_VERSION,
            "model": encoder.name,
            "dimension": int(vectors.shape[1]),
            "dictionary": segmenter.digest,
            "reports": connection.execute("SELECT count(*) FROM reports").fetchone()[0],
            "passages": len(rows),
            "files": {str(p.relative_to(partial)): _digest(p) for p in sorted(partial.rglob("*")) if p.is_file()},
        }
        (partial / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
        _sync(partial)
        partial.rename(folder)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('generation', ?)", (generation,))
        return len(rows)

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
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        raise Damaged(f"数据库“{path}”打不开或已损坏：{error}。可从备份恢复，或删除数据目录后重新添加报告。") from error
    return connection


def _migrate(connection: sqlite3.Connection) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise Damaged(_other_version(version))
    if version == 0:
        connection.executescript(_SCHEMA)
    else:
        for newer in range(version + 1, SCHEMA_VERSION + 1):
            for statement in _MIGRATIONS[newer]:
                connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _other_version(version: int) -> str:
    return (
        f"数据目录是另一个版本的 nianbao 建的（格式 {version}，本版需要 {SCHEMA_VERSION}）。"
        "请使用相应版本，或另设数据目录（--home）后重新添加报告。"
    )


def _generation(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    return row[0] if row else None


def _put(connection: sqlite3.Connection, report: Report, data: bytes, name: str) -> Added:
    """Write one report's rows. The same bytes read the same way change nothing."""
    held = connection.execute("SELECT id, digest, version, reading FROM reports WHERE report_id = ?", (report.report_id,)).fetchone()
    if held and (held[1], held[3]) == (report.digest, report.reading):
        return Added(report.report_id, "unchanged")
    if held:
        connection.execute("DELETE FROM reports WHERE id = ?", (held[0],))
    last = connection.execute("SELECT max(version) FROM originals WHERE report_id = ?", (report.report_id,)).fetchone()[0]
    version = (last or 0) + 1
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    counts = {"figures": len(report.figures), "passages": len(report.passages), "findings": len(report.findings)}
    cursor = connection.execute(
        f"INSERT INTO reports VALUES ({','.join('?' * 24)})",  # noqa: S608  (only question marks)
        (
            None, report.report_id, report.agency, report.year, report.scope, report.edition, report.title,
            report.published, report.source_url, report.format, report.digest, version, now, report.text,
            _dump(report.found), _dump([asdict(s) for s in report.sections]), _dump([asdict(c) for c in report.checks]),
            _dump([[p.start, p.end] for p in report.paragraphs]), _dump(counts),
            _dump(dict(report.place)), report.lineage, report.label, report.reading, "[]",
        ),
    )  # fmt: skip
    row = cursor.lastrowid
    assert row is not None  # noqa: S101  (an insert has a row)
    connection.execute(
        "INSERT INTO originals VALUES (?,?,?,?,?,?)",
        (report.report_id, version, name, report.digest, now, zlib.compress(data, 6)),
    )
    connection.executemany(
        'INSERT INTO passages (report, section, topic, text, start, "end", hash) VALUES (?,?,?,?,?,?,?)',
        ((row, p.section, p.topic, p.text, p.start, p.end, _hash(p.text)) for p in report.passages),
    )
    figures.insert(connection, row, report.figures, report.quantities)
    return Added(report.report_id, "replaced" if held else "added")


@dataclass(frozen=True, slots=True)
class _OfYear:
    """What a report is held against another year's by."""

    agency: str
    year: int
    scope: str
    edition: str
    lineage: str
    figures: tuple[Figure, ...]


def _hold_against_years(connection: sqlite3.Connection, lineage: str, scope: str, year: int) -> None:
    """Make the checks against the year before anew, of a report that has come or gone and of the one after it."""
    rows = connection.execute(
        "SELECT id, agency, year, scope, edition, lineage FROM reports WHERE lineage = ? AND scope = ? AND year BETWEEN ? AND ?",
        (lineage, scope, year - 1, year + 1),
    ).fetchall()
    held: dict[int, tuple[int, _OfYear]] = {}
    for row, agency, of, own_scope, edition, own_lineage in rows:
        own = tuple(figure for _, figure in figures.figures(connection, [row]))
        held[of] = (row, _OfYear(agency, of, own_scope, edition, own_lineage, own))
    for later in (year, year + 1):
        if later in held:
            row, report = held[later]
            checks = across_years(held[later - 1][1], report) if later - 1 in held else ()
            connection.execute("UPDATE reports SET across = ? WHERE id = ?", (_dump([asdict(c) for c in checks]), row))


def _embed_missing(
    connection: sqlite3.Connection, encoder: Encoder, texts: Iterable[str], progress: Callable[[int, int], None] | None
) -> None:
    """Embed each distinct text that the encoder has not seen, the longest first so that memory peaks at once."""
    seen = {row[0] for row in connection.execute("SELECT hash FROM embeddings WHERE model = ?", (encoder.name,))}
    todo = sorted({_hash(text): text for text in texts}.items(), key=lambda item: -len(item[1]))
    todo = [item for item in todo if item[0] not in seen]
    size = 64
    for at in range(0, len(todo), size):
        batch = todo[at : at + size]
        vectors = encoder.encode_passages([text for _, text in batch])
        connection.executemany(
            "INSERT OR IGNORE INTO embeddings VALUES (?,?,?)",
            ((encoder.name, digest, v.astype("<f4").tobytes()) for (digest, _), v in zip(batch, vectors, strict=True)),
        )
        if progress:
            progress(min(at + size, len(todo)), len(todo))


def _vectors(connection: sqlite3.Connection, encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Vectors of texts that have been embedded, in their order, float32 [n, dimension]."""
    held = dict(connection.execute("SELECT hash, vector FROM embeddings WHERE model = ?", (encoder.name,)))
    joined = b"".join(held[_hash(text)] for text in texts)
    return np.frombuffer(joined, dtype="<f4").reshape(-1, encoder.dimension).astype(np.float32)


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
        row = self._connection.execute("SELECT text FROM reports WHERE id = ?", (report,)).fetchone()
        return str(row[0]) if row else ""

    def quote(self, report: int, start: int, end: int) -> str:
        """``text[start:end]`` of a report."""
        row = self._connection.execute("SELECT substr(text, ?, ?) FROM reports WHERE id = ?", (start + 1, end - start, report)).fetchone()
        return str(row[0]) if row else ""

    def sections(self, report: int) -> tuple[Section, ...]:
        return tuple(
            Section(s["number"], s["title"], Span(**s["heading"]), s["start"], s["end"])
            for s in json.loads(self._column(report, "sections"))
        )

    def paragraphs(self, report: int) -> tuple[Span, ...]:
        """Runs of text outside tables, in reading order."""
        return tuple(Span(*pair) for pair in json.loads(self._column(report, "paragraphs")))

    def found(self, report: int) -> dict[str, str]:
        """Where agency, year and scope were found."""
        found: dict[str, str] = json.loads(self._column(report, "found"))
        return found

    def checks(self, report: int) -> tuple[Finding, ...]:
        """All checks of a report, passed ones and those against the year before included."""
        return tuple(
            Finding(
                c["rule"], c["status"], c["message"], tuple(c["places"]), tuple(c["values"]),
                tuple(Span(**s) for s in c["spans"]),
            )
            for column in ("checks", "across")
            for c in json.loads(self._column(report, column))
        )  # fmt: skip

    def _column(self, report: int, name: str) -> str:
        row = self._connection.execute(f"SELECT {name} FROM reports WHERE id = ?", (report,)).fetchone()  # noqa: S608
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
        return figures.figures(self._connection, reports, metrics, applicants)

    def quantities(
        self, reports: Sequence[int], subject: str | None = None, channels: Sequence[str] | None = None
    ) -> list[tuple[int, Quantity]]:
        return figures.quantities(self._connection, reports, subject, channels)

    def passages(self, reports: Sequence[int], section: int | None = None) -> list[StoredPassage]:
        """Passages of reports in reading order."""
        rows = self._connection.execute(
            'SELECT id, report, section, topic, text, start, "end" FROM passages'
            " WHERE report IN (SELECT value FROM json_each(?)) AND (? IS NULL OR section = ?) ORDER BY id",
            (json.dumps(list(reports)), section, section),
        )
        return [StoredPassage(*row) for row in rows]

    def holding(self, text: str, reports: Sequence[int]) -> list[StoredPassage]:
        """Passages of reports that hold a text word for word."""
        rows = self._connection.execute(
            'SELECT id, report, section, topic, text, start, "end" FROM passages'
            " WHERE report IN (SELECT value FROM json_each(?)) AND instr(text, ?) > 0 ORDER BY id",
            (json.dumps(list(reports)), text),
        )
        return [StoredPassage(*row) for row in rows]

    def nearest(self, query: str, reports: Sequence[int] | None, k: int, encoder: Encoder) -> list[StoredPassage]:
        """The passages nearest in meaning alone: what the encoder finds without words and without sentences, to measure it by."""
        allowed = None if reports is None else self._loaded.passages_of(reports)
        ids = [i for i, _ in self._loaded.dense.search(encoder.encode_queries([query]), allowed, k)]
        return self._passages(ids)

    def _passages(self, ids: Sequence[int]) -> list[StoredPassage]:
        rows = self._connection.execute(
            'SELECT id, report, section, topic, text, start, "end" FROM passages WHERE id IN (SELECT value FROM json_each(?))',
            (json.dumps(list(ids)),),
        )
        held = {row[0]: StoredPassage(*row) for row in rows}
        return [held[i] for i in ids if i in held]

    def search(self, query: str, reports: Sequence[int] | None, k: int = 8, encoder: Encoder | None = None) -> list[Hit]:
        """The best passages for a query, filtered hard by report: ranks by meaning, of whole passages and of their sentences, and
        by words are fused. Of passages that answer with the same sentence the first stands for all.

        Without an encoder the lexical ranks stand alone.
        """
        depth = max(50, k)
        lexical_hits = self._loaded.lexical.search(query, reports, depth)
        dense_hits: list[tuple[int, float]] = []
        nearest: dict[int, sentences.Found] = {}
        vector: Vectors | None = None
        if encoder is not None:
            allowed = None if reports is None else self._loaded.passages_of(reports)
            vector = encoder.encode_queries([query])
            dense_hits = self._loaded.dense.search(vector, allowed, depth)
            for found in self._loaded.sentences.search(vector, allowed, depth):
                nearest.setdefault(found.passage, found)
        cosines, scores = dict(dense_hits), dict(lexical_hits)
        ranked = fuse.reciprocal_rank([[i for i, _ in dense_hits], list(nearest)[:depth], [i for i, _ in lexical_hits]])
        chosen: list[tuple[int, float]] = []
        told: set[int] = set()
        for passage, score in ranked:
            best = nearest.get(passage)
            if best is None and vector is not None and (best := self._loaded.sentences.of(passage, vector)) is not None:
                nearest[passage] = best
            if best is not None and best.sentence in told:
                continue
            told |= {best.sentence} if best is not None else set()
            chosen.append((passage, score))
            if len(chosen) >= k:
                break
        held = {p.id: p for p in self._passages([i for i, _ in chosen])}
        return [
            Hit(
                held[i], score, cosines.get(i), scores.get(i),
                (nearest[i].start, nearest[i].end) if i in nearest else None, nearest[i].cosine if i in nearest else None,
            )
            for i, score in chosen if i in held
        ]  # fmt: skip

    @property
    def segmenter(self) -> Segmenter:
        return self._loaded.segmenter

    @property
    def manifest(self) -> dict[str, Any]:
        return self._loaded.manifest


class _Loaded:
    """A generation in memory."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, segmenter: Segmenter) -> None:
        self.generation = folder.name
        self.manifest = read_manifest(folder)
        self.segmenter = segmenter
        if self.manifest.get("dictionary") != segmenter.digest:
            raise Outdated("索引是用另一版词典建的，请运行 nianbao rebuild 重新建立索引。")
        self.dense = dense.DenseIndex(folder)
        self.sentences = sentences.SentenceIndex(folder)
        self.lexical = lexical.LexicalIndex(folder, segmenter)
        with np.load(folder / CATALOG) as catalog:
            self._passage: NDArray[np.int64] = catalog["passage"]
            self._report: NDArray[np.int64] = catalog["report"]
        self.reports = tuple(
            _stored_report(row)
            for row in connection.execute(
                "SELECT id, report_id, agency, year, scope, edition, title, published, source_url, version, lineage, label, counts, place, across"
                " FROM reports ORDER BY agency, year DESC, scope"
            )
        )
        self.by_id = {r.report_id: r for r in self.reports}
        if len(self.dense) != len(self._passage) or len(self.reports) != self.manifest.get("reports"):
            raise Damaged("索引与数据库对不上，请运行 nianbao rebuild 重新建立索引。")

    def passages_of(self, reports: Sequence[int]) -> NDArray[np.int64]:
        mask = np.isin(self._report, np.array(list(reports), dtype=np.int64))
        return np.ascontiguousarray(self._passage[mask])


class Index:
    """Reading side of a data folder: verified when opened, and always on the state published last."""

    def __init__(self, home: Path) -> None:
        if not (home / DATABASE).exists():
            raise NotReady(f"数据目录“{home}”里还没有报告；请先运行 nianbao add 添加报告。")
        self.home = home
        self._local = threading.local()
        self._lock = threading.Lock()
        self._segmenter = Segmenter(cache=home / "cache")
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
        if version < SCHEMA_VERSION:
            raise Outdated("数据目录是旧版 nianbao 建的，请运行 nianbao rebuild 升级。")
        if version != SCHEMA_VERSION:
            raise Damaged(_other_version(version))
        generation = _generation(connection)
        if generation is None:
            raise NotReady(f"数据目录“{self.home}”里还没有报告；请先运行 nianbao add 添加报告。")
        loaded = self._loaded
        if loaded is None or loaded.generation != generation:
            with self._lock:
                loaded = self._loaded
                if loaded is None or loaded.generation != generation:
                    folder = self.home / GENERATIONS / generation
                    problems = verify_generation(folder)
                    if problems:
                        raise Damaged("索引已损坏：" + "；".join(problems) + "。请运行 nianbao rebuild 重新建立索引。")
                    try:
                        loaded = _Loaded(folder, connection, self._segmenter)
                    except (OSError, ValueError, RuntimeError, KeyError) as error:
                        raise Damaged("索引打不开，请运行 nianbao rebuild 重新建立索引。") from error
                    self._loaded = loaded
        return loaded


_HEAD = ("row", "report_id", "agency", "year", "scope", "edition", "title", "published", "source_url", "version", "lineage", "label")


def _stored_report(row: Sequence[Any]) -> StoredReport:
    counts, place, across = map(json.loads, row[len(_HEAD) :])
    findings = counts["findings"] + sum(check["status"] != "pass" for check in across)
    return StoredReport(**dict(zip(_HEAD, row, strict=False)), findings=findings, place=place)


def read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Damaged("索引的清单文件缺失或损坏，请运行 nianbao rebuild 重新建立索引。") from error
    return manifest


def verify_generation(folder: Path) -> list[str]:
    """Everything that is wrong with a generation's files, as Chinese phrases."""
    try:
        manifest = read_manifest(folder)
    except Damaged:
        return ["清单文件缺失或损坏"]
    problems = []
    if manifest.get("schema") != SCHEMA_VERSION:
        problems.append(f"格式版本是 {manifest.get('schema')}，需要 {SCHEMA_VERSION}")
    files = manifest.get("files")
    for name, expected in (files if isinstance(files, dict) else {}).items():
        path = folder / name
        if not path.is_file():
            problems.append(f"缺少文件 {name}")
        elif _digest(path) != expected:
            problems.append(f"文件 {name} 的内容与清单不符")
    return problems


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
        if version != SCHEMA_VERSION:
            return [*problems, _other_version(version).rstrip("。")]
        for report_id, digest, data in connection.execute("SELECT report_id, digest, data FROM originals"):
            if hashlib.sha256(zlib.decompress(data)).hexdigest() != digest:
                problems.append(f"报告 {report_id} 的原文件与登记的校验值不符")
        generation = _generation(connection)
        if generation is None:
            return [*problems, "还没有发布过索引"]
        folder = home / GENERATIONS / generation
        problems += verify_generation(folder)
        if not problems:
            manifest = read_manifest(folder)
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
    return json.dumps(value, ensure_ascii=False)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(folder: Path) -> None:
    """Flush every file and folder to disk, so that the commit that names them never outruns them."""
    for path in [*folder.rglob("*"), folder]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
