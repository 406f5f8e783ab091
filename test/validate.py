#!/usr/bin/env python3
"""usage: validate.py SCHEMA FILE   succeeds when the JSON in FILE is as SCHEMA says"""
import json
import sys

import jsonschema

with open(sys.argv[1]) as schema, open(sys.argv[2]) as file:
    jsonschema.validate(json.load(file), json.load(schema))
