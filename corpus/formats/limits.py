"""How much of a file is read: one bound for each way in which a file can be too much."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file. The defaults are several times what the largest real report needs.

    bytes        size of a file, and of a member of an archive
    unpacked     bytes of a container (docx, xlsx, zip) when unpacked
    members      files in an archive, nested ones included
    pages        pages of a PDF or of a set of images
    ocr_pages    pages without text that are recognised
    pixels       of one image or rendered page
    characters   of the text read
    tags         of a page, or of one part of an office document: a page of a portal has some 10,000
    blocks       paragraphs and tables: what each stage walks over
    cells        of all tables
    columns      that a merged cell may reach over
    seconds      wall clock for one file; a scanned report of ten pages takes most of a minute
    megabytes    memory of the process that reads it
    """

    bytes: int = 50 * 1024 * 1024
    unpacked: int = 200 * 1024 * 1024
    members: int = 2000
    pages: int = 300
    ocr_pages: int = 40
    pixels: int = 60_000_000
    characters: int = 3_000_000
    tags: int = 400_000
    blocks: int = 30_000
    cells: int = 200_000
    columns: int = 200
    seconds: int = 120
    megabytes: int = 3072
