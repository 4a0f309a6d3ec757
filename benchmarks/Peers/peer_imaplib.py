"""Does a row's work with Python's imaplib, and prints the seconds of each pass. What the server sends is not parsed."""
import imaplib
import os
import time

BATCH_OCTETS = 25_000_000
LONGEST_SET = 7_500
ITEMS = "(UID FLAGS RFC822.SIZE INTERNALDATE BODYSTRUCTURE ENVELOPE)"
MEASURED = "(UID FLAGS RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (FROM)])"

imaplib._MAXLINE = 10_000_000
imaplib.Commands.setdefault("MOVE", ("SELECTED",))


def check(answer):
    if answer[0] != "OK":
        raise RuntimeError(answer)
    return answer[1]


def sets(uids):
    """UIDs in sets that each fit one command."""
    piece, length, runs = [], 0, []
    for uid in uids:
        if runs and runs[-1][1] + 1 == uid:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    for first, last in runs:
        text = str(first) if first == last else f"{first}:{last}"
        if length + len(text) > LONGEST_SET:
            yield ",".join(piece)
            piece, length = [], 0
        piece.append(text)
        length += len(text) + 1
    if piece:
        yield ",".join(piece)


def windows(client, size):
    uids = [int(uid) for uid in check(client.uid("SEARCH", "ALL"))[0].split()]
    for start in range(0, len(uids), size):
        yield from sets(uids[start:start + size])


def found(client):
    return [int(uid) for uid in check(client.uid("SEARCH", "SUBJECT", '"invoice"'))[0].split()]


def save(client, target, size):
    number = 0
    for window in windows(client, size):
        for part in check(client.uid("FETCH", window, "(UID BODY.PEEK[])")):
            if isinstance(part, tuple):
                number += 1
                with open(os.path.join(target, f"{number}.eml"), "wb") as file:
                    file.write(part[1])


def work(client, name, folder, target):
    if name in ("import",):
        source = os.environ["BENCH_DIRECTORY"]
        for entry in sorted(os.listdir(source)):
            with open(os.path.join(source, entry), "rb") as file:
                check(client.append(target, None, None, file.read()))
        return
    check(client.select(folder, readonly=name in ("list", "read", "measure", "save", "oneliner")))
    if name in ("list", "read"):
        for window in windows(client, 1000):
            check(client.uid("FETCH", window, ITEMS))
    elif name == "measure":
        for window in windows(client, 1000):
            check(client.uid("FETCH", window, MEASURED))
    elif name == "save":
        save(client, target, max(1, min(500, BATCH_OCTETS // int(os.environ["BENCH_OCTETS"]))))
    elif name == "move":
        for piece in sets(found(client)):
            check(client.uid("MOVE", piece, target))
    elif name == "flag":
        for piece in sets(found(client)):
            check(client.uid("STORE", piece, "+FLAGS.SILENT", r"(\Flagged)"))
    elif name == "oneliner":
        uids = found(client)[-10:]
        for part in check(client.uid("FETCH", ",".join(map(str, uids)), "(UID FLAGS BODY.PEEK[HEADER.FIELDS (DATE FROM SUBJECT)])")):
            print(part)


def main():
    client = imaplib.IMAP4(os.environ["BENCH_HOST"], int(os.environ["BENCH_PORT"]))
    client.login(os.environ["BENCH_USER"], os.environ["BENCH_PASSWORD"])
    for folder, target in zip(os.environ["BENCH_FOLDERS"].split(), os.environ["BENCH_TARGETS"].split()):
        begin = time.perf_counter()
        work(client, os.environ["BENCH_WORK"], folder, target)
        print(f"pass {time.perf_counter() - begin:.4f}", flush=True)
    client.logout()


main()
