"""A PostgreSQL server of the tests' own, made from the system's programs and ended with them."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import psycopg

PASSWORD = "open-sesame"


def program(name):
    """One of the server's programs, which Debian does not put on PATH."""
    found = shutil.which(name) or max(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}")), default=None)
    assert found, "PostgreSQL's server is needed for this test: apt install postgresql"
    return found


class PostgresServer:
    """A PostgreSQL server in a folder of its own; everyone is let in but the user ``guarded``, who needs a password."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        # PostgreSQL refuses to run as root.
        self.user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        self.data, self.made = folder / "data", 0
        if self.user:
            shutil.chown(folder, "postgres", "postgres")
        quick = ("--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
        self.run(program("initdb"), "-D", str(self.data), "-U", "grader", *quick)
        rules = self.data / "pg_hba.conf"
        rules.write_text(f"host all guarded 127.0.0.1/32 scram-sha-256\n{rules.read_text()}")
        options = (f"-p{self.port}", "-clisten_addresses=127.0.0.1", "-cunix_socket_directories=", "-cfsync=off")
        self.process = subprocess.Popen(
            [program("postgres"), "-D", str(self.data), *options], cwd=folder, **self.user,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def run(self, *command):
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.data.parent, check=False, **self.user)
        assert done.returncode == 0, done.stderr

    def wait(self):
        for _ in range(600):
            assert self.process.poll() is None, "the server ended"
            try:
                self.say(f"CREATE ROLE guarded LOGIN PASSWORD '{PASSWORD}'")
            except psycopg.OperationalError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the server never answered")

    def say(self, words):
        where = f"host=127.0.0.1 port={self.port} user=grader dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            done = connection.execute(words)
            return done.fetchall() if done.description else []

    def url(self, database, user="grader"):
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def new(self):
        """The url of a new and empty database."""
        self.made += 1
        self.say(f"CREATE DATABASE books{self.made} OWNER guarded")
        return self.url(f"books{self.made}")

    def end(self):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
