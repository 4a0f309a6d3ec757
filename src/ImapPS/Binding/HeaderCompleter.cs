using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Binding;

/// <summary>Completes the names of header fields that are often looked at.</summary>
public sealed class HeaderCompleter : CandidateCompleter
{
    private static readonly (string Name, string Meaning)[] _fields =
    [
        ("ARC-Authentication-Results", "how a forwarder checked the sender (RFC 8617)"),
        ("Authentication-Results", "how the server checked the sender: SPF, DKIM, DMARC (RFC 8601)"),
        ("Auto-Submitted", "written by a program (RFC 3834)"),
        ("Content-Language", "the language of the text"),
        ("Content-Type", "the media type of the whole message"),
        ("Delivered-To", "the mailbox that it was delivered to"),
        ("DKIM-Signature", "the signature of the sender's domain (RFC 6376)"),
        ("Disposition-Notification-To", "who wants a receipt (RFC 8098)"),
        ("Importance", "how important it is to the sender"),
        ("List-Id", "the mailing list (RFC 2919)"),
        ("List-Post", "where to write to the list (RFC 2369)"),
        ("List-Unsubscribe", "how to leave the list (RFC 2369)"),
        ("List-Unsubscribe-Post", "how to leave the list with one click (RFC 8058)"),
        ("Organization", "the sender's organization"),
        ("Precedence", "bulk, list or junk"),
        ("Received", "each server that it went through"),
        ("Received-SPF", "whether the server may send for the domain (RFC 7208)"),
        ("References", "the messages of the thread before it"),
        ("Return-Path", "where a failure is reported to"),
        ("Sender", "who sent it for the author"),
        ("User-Agent", "the program that wrote it"),
        ("X-Mailer", "the program that wrote it"),
        ("X-Priority", "1 for the highest, 5 for the lowest"),
        ("X-Spam-Flag", "YES for junk"),
        ("X-Spam-Score", "how likely it is junk"),
        ("X-Spam-Status", "what a filter thinks of it"),
    ];

    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(CompletionRequest request) =>
        _fields.Select(field => (field.Name, field.Meaning));
}
