"""Places of archives: where a working one must not lie (network shares, and folders that a program copies to the
network), and which can be written."""

from __future__ import annotations

import os
import sys
import uuid
from pathlib import Path

NETWORK_FILE_SYSTEMS = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "afs", "ceph", "davfs", "webdav",
    "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.s3fs",
}  # fmt: skip
SYNCED_FOLDERS = {
    "dropbox", "onedrive", "google drive", "googledrive", "icloud drive", "com~apple~clouddocs", "nextcloud",
    "owncloud", "pcloud", "megasync", "mega", "box sync", "yandex.disk", "seafile", "syncthing",
}  # fmt: skip
SYNC_MARKERS = (".dropbox", ".dropbox.cache", ".stfolder", ".sync_root", ".owncloudsync.log", ".seafile-data")


def why_unsafe(path: Path) -> str:
    """Why a working archive should not lie at `path`, as `network:NAME` or `synced:NAME`; empty where it may."""
    place = Path(os.path.realpath(path))
    for folder in (place, *place.parents):
        if folder.name.lower() in SYNCED_FOLDERS or folder.name.lower().startswith("onedrive - "):
            return f"synced:{folder.name}"
        if any(os.path.exists(folder / marker) for marker in SYNC_MARKERS):
            return f"synced:{folder}"
    kind = _file_system(place)
    return f"network:{kind}" if kind in NETWORK_FILE_SYSTEMS else ""


def is_writable(folder: Path) -> bool:
    """Whether the archive in `folder` can be written: its folder, where journals are made, and its main file."""
    main = folder / "archive.db"
    if not (os.access(folder, os.W_OK) and os.access(main, os.W_OK)):
        return False
    if sys.platform != "win32":
        return True
    # There os.access looks at the attribute "read-only" alone, neither at the medium nor at who may do what. So both
    # are tried, with a file that Windows itself removes when it is closed.
    try:
        with main.open("r+b"):
            probe = folder / f".{uuid.uuid4().hex[:8]}.new"
            os.close(os.open(probe, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_TEMPORARY))
    except OSError:
        return False
    return True


def _file_system(place: Path) -> str:
    """The type of the file system that holds `place`, as the system names it; empty where it does not say."""
    if str(place).startswith("\\\\"):
        return "smbfs"
    import psutil

    best, kind = -1, ""
    for partition in psutil.disk_partitions(all=True):
        mount = Path(partition.mountpoint)
        if (place == mount or mount in place.parents) and len(mount.parts) > best:
            best, kind = len(mount.parts), partition.fstype.lower()
    return kind
