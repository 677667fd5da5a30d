"""Compares installed Python packages, file by file, with digests that are known.

    check-python-packages.py FILE           fails when a package is another one
    check-python-packages.py --write FILE   writes the digests of what is installed

FILE has a line `<name>==<version> <digest>` for each package; the digest is that of the names and
contents of all files that its wheel brings. A package with compiled parts has `compiled` in its place:
its wheel differs from one Python to the next.
"""

import hashlib
import importlib.metadata as metadata
import sys


def digest(package):
    files = [file for file in metadata.files(package) or [] if file.hash is not None]
    if any(file.suffix == ".so" for file in files):
        return "compiled"
    # pip adds files of its own, and scripts that name the interpreter.
    wheel = [
        file
        for file in files
        if ".." not in file.parts
        and file.suffix != ".pyc"
        and file.name not in ("INSTALLER", "REQUESTED", "RECORD", "direct_url.json")
    ]
    lines = (f"{file} {hashlib.sha256(file.read_binary()).hexdigest()}" for file in wheel)
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def main(arguments):
    path = arguments[-1]
    lines = open(path, encoding="utf-8").read().splitlines()
    wanted = [line.split()[0] for line in lines]
    found = []
    for requirement in wanted:
        name, version = requirement.split("==")
        if metadata.version(name) != version:
            sys.exit(f"{name} is {metadata.version(name)}, not {version}")
        found.append(f"{requirement} {digest(name)}")
    if arguments[0] == "--write":
        open(path, "w", encoding="utf-8").write("\n".join(found) + "\n")
        return
    wrong = [one for one, line in zip(found, lines) if one != line]
    if wrong:
        sys.exit("not as known:\n" + "\n".join(wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
