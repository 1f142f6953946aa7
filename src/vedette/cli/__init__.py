"""The command line."""


def main() -> None:
    """Run the command line."""
    from vedette.cli.app import main as run

    run()
