"""Zeep as a peer: logs in, makes the calls that it is given as JSON on stdin, and prints as JSON what it saw."""

import datetime
import json
import sys

import isodate
from lxml import etree
from zeep import Client, Plugin
from zeep.exceptions import Fault
from zeep.helpers import serialize_object
from zeep.plugins import HistoryPlugin
from zeep.wsa import WsAddressingPlugin

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"


class MustUnderstand(Plugin):
    """Marks the header parts of the service, as some clients do."""

    def egress(self, envelope, http_headers, operation, binding_options):
        for part in envelope.iterfind(f"{{{ENVELOPE}}}Header/*"):
            part.set(f"{{{ENVELOPE}}}mustUnderstand", "1")
        return envelope, http_headers


def client_of(base_url, service):
    history = HistoryPlugin()
    plugins = [MustUnderstand(), WsAddressingPlugin(), history]
    return Client(f"{base_url}/{service}.svc?wsdl", plugins=plugins), history


def text_of(value):
    """Dates and durations as the text that stands for them."""
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, (datetime.timedelta, isodate.Duration)):
        return isodate.duration_isoformat(value)
    if isinstance(value, bytes):
        return value.decode("latin-1")
    raise TypeError(f"no JSON for {value!r}")


def outcome_of(connection, operation, given, header):
    """What a call gave or how it was refused, and the envelope that was sent for it."""
    client, history = connection
    try:
        result = serialize_object(client.service[operation](**given, _soapheaders=header), dict)
        seen = {"body": result["body"], "header": result["header"]}
    except Fault as fault:
        seen = {"fault": {"code": fault.code, "reason": fault.message}}
    return {**seen, "sent": etree.tostring(history.last_sent["envelope"], encoding="unicode")}


task = json.load(sys.stdin.buffer)
connections = {service: client_of(task["baseUrl"], service) for service in ("SoPrincipal", "Chat")}
login = outcome_of(connections["SoPrincipal"], "AuthenticateUsernamePassword", task["login"], None)
ticket = {"Credentials": (login.get("body") or {}).get("Credentials")}
outcomes = []
for call in task["calls"]:
    header = {**(ticket if call["service"] == "Chat" else {}), **call.get("header", {})}
    outcomes.append(outcome_of(connections[call["service"]], call["operation"], call["input"], header))
json.dump({"login": login, "calls": outcomes}, sys.stdout, default=text_of)
