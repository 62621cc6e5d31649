"""Scanned pages and image files: ruled tables cell by cell, everything else line by line. Needs the optional extra ``ocr``.

Why cell by cell: docs/decisions/0006-ocr-cell-by-cell.md
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.formats.blocks import RawBlock, assemble
from corpus.formats.limits import Limits
from corpus.model import Document, UnreadableFile

if TYPE_CHECKING:
    from PIL import Image


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether the extra is installed and its libraries load."""
    try:
        for library in ("PIL", "cv2", "onnxruntime", "rapidocr_onnxruntime"):
            importlib.import_module(library)
    except ImportError:  # cv2 raises it too where a library of the system is missing
        return False
    return True


def page(image: Image.Image, limits: Limits) -> list[RawBlock]:
    """The paragraphs and tables of one page image, in reading order.

    Raises UnreadableFile when the image is larger than ``limits`` allow, or the extra is not installed.
    """
    _require()
    from corpus.formats import ocr_image, ocr_page

    ocr_image.check_size(image.size, limits)
    with _translated():
        return ocr_page.blocks_of(image, limits)


def read(data: bytes, limits: Limits) -> Document:
    """The document in an image file; a TIFF may have several pages. Raises UnreadableFile."""
    _require()
    from corpus.formats import ocr_image, ocr_page

    with _translated():
        blocks = [block for image in ocr_image.frames(data, limits) for block in ocr_page.blocks_of(image, limits)]
    return assemble(blocks, "image", limits, {"recognised": "1"})


@contextmanager
def _translated() -> Iterator[None]:
    """What the libraries say of an image that is no page (a fine grid, noise) as UnreadableFile."""
    import cv2

    try:
        yield
    except (ValueError, IndexError, ArithmeticError, cv2.error) as error:
        raise UnreadableFile("图片里认不出文字和表格，不像报告的一页。") from error


def _require() -> None:
    if not available():
        raise UnreadableFile("这是扫描件或图片，识别其中的文字需要另外安装：pip install 'nianbao[ocr]'（Debian 还需要系统包 libgl1）。")
