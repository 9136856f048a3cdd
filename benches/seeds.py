#!/usr/bin/env python3
"""Writes each document of the labelled set as a file, to begin fuzzing with.

usage: seeds.py SET FOLDER
"""
import glob
import json
import os
import sys


def main():
    labelled, folder = sys.argv[1:]
    for name in glob.glob(os.path.join(labelled, "*.jsonl")):
        with open(name, encoding="utf8") as items:
            for item in map(json.loads, items):
                with open(os.path.join(folder, item["id"]), "w", encoding="utf8") as seed:
                    seed.write("".join(item["parts"]))


if __name__ == "__main__":
    main()
