"""`python -m taicho.cli` is `taicho`."""

from taicho.cli.main import main

if __name__ == "__main__":
    main()
