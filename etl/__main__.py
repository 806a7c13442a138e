"""`python -m etl` is the command `abitare`."""

from etl.commands import main

if __name__ == "__main__":
    main(prog_name="abitare")
