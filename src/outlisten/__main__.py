"""`python -m outlisten` is `outlisten`."""

from outlisten.cli.main import run

if __name__ == "__main__":
    run()
