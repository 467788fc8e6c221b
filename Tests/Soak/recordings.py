"""Small recordings in every format that libsndfile writes, and in those that ffmpeg reads where it is installed."""

import array
import ctypes
import ctypes.util
import math
import random
import shutil
import subprocess
from pathlib import Path

# Container | encoding, from sndfile.h.
FORMATS = {
    "wav": 0x010002, "float.wav": 0x010006, "ulaw.wav": 0x010010, "adpcm.wav": 0x010012, "gsm.wav": 0x010020,
    "rf64": 0x220002, "w64": 0x0B0003, "flac": 0x170002, "ogg": 0x200060, "opus": 0x200064, "mp3": 0x230082,
    "aiff": 0x020002, "caf": 0x180070, "au": 0x030010,
}
EXTERNAL = {"m4a": ["-c:a", "aac"], "webm": ["-c:a", "libopus"], "mka": ["-c:a", "aac"], "wma": ["-c:a", "wmav2"]}
# What ffmpeg reads but seldom writes, put together here.
ASSEMBLED = ["amr"]


class Info(ctypes.Structure):
    _fields_ = [("frames", ctypes.c_int64)] + [
        (name, ctypes.c_int) for name in ("samplerate", "channels", "format", "sections", "seekable")]


def tone(count: int, rate: int) -> array.array:
    """A tone that swells eight times a second, as syllables do."""
    return array.array("f", (
        0.4 * math.sin(2 * math.pi * 190 * i / rate) * max(0.0, math.sin(2 * math.pi * 4 * i / rate))
        for i in range(count)))


def amr(seconds: float) -> bytes:
    """AMR at 12.2 kbit/s: frames of 20 ms, each a header and 31 bytes, which may hold anything."""
    draw = random.Random("amr")
    return b"#!AMR\n" + b"".join(b"\x3c" + draw.randbytes(31) for _ in range(round(seconds * 50)))


def make(folder: Path, seconds: float = 1.5, rate: int = 8000) -> list[Path]:
    """Writes one recording of each format and returns their paths."""
    library = ctypes.CDLL(ctypes.util.find_library("sndfile") or "libsndfile.so.1")
    library.sf_open.restype = ctypes.c_void_p
    library.sf_open.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(Info)]
    library.sf_writef_float.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64]
    library.sf_close.argtypes = [ctypes.c_void_p]
    samples = tone(int(seconds * rate), rate)
    made = []
    for name, number in FORMATS.items():
        path = folder / f"whole.{name}"
        info = Info(0, rate, 1, number, 0, 0)
        file = library.sf_open(str(path).encode(), 0x20, ctypes.byref(info))
        if not file:
            print(f"this libsndfile does not write {name}: left out")
            continue
        library.sf_writef_float(file, samples.buffer_info()[0], len(samples))
        library.sf_close(file)
        made.append(path)
    if shutil.which("ffmpeg"):
        for name, options in EXTERNAL.items():
            path = folder / f"whole.{name}"
            words = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", str(folder / "whole.wav"), "-ar", "16000"]
            if subprocess.run(words + options + [str(path)], check=False).returncode == 0:
                made.append(path)
        made.append(folder / "whole.amr")
        made[-1].write_bytes(amr(seconds))
    else:
        print("ffmpeg is not installed: m4a, webm, mka, wma and amr are left out")
    return made
