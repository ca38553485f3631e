"""`python -m fly_resources.cli`."""

from fly_resources.cli import main

if __name__ == "__main__":
    main()
