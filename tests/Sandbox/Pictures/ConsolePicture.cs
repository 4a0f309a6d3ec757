using System;
using System.Collections.Generic;
using System.IO;

namespace ImapPS.Sandbox;

/// <summary>A picture of the console: what is typed, one statement after the other, at the demo mailbox.</summary>
/// <param name="Name">The name of the file, without .svg.</param>
/// <param name="Title">What the picture is called.</param>
/// <param name="Description">What it shows, for those who do not see it.</param>
/// <param name="Statements">What is typed.</param>
public sealed record ConsolePicture(string Name, string Title, string Description, IReadOnlyList<string> Statements)
{
    /// <summary>Columns of the console.</summary>
    public const int Columns = 108;

    /// <summary>When the newest mail came, always: so a picture that is made again is the same.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 22, 21, 0, 0, TimeSpan.Zero);

    /// <summary>All pictures. The last one changes the mailbox.</summary>
    public static IReadOnlyList<ConsolePicture> All { get; } =
    [
        new("console", "Connect, list folders, list messages",
            "A PowerShell console. Connect-Imap opens a session, Get-ImapFolder lists folders with counts and sizes, Get-ImapMessage lists "
            + "the newest messages.",
            ["Connect-Imap mail.example.org -Credential $credential", "Get-ImapFolder", "Get-ImapMessage -Newest 7"]),
        new("measure", "Who sends the most",
            "A PowerShell console. Measure-ImapFolder shows the five senders with the most messages, with count, share, size, unread "
            + "messages, oldest and newest.",
            ["Measure-ImapFolder INBOX, Lists/* -By Sender -Top 5"]),
        new("error", "An error that says what to do",
            "A PowerShell console. Get-ImapMessage is given a folder that does not exist. The error names the folder, and recommends "
            + "what to do.",
            ["Get-ImapMessage Lists/powershel", "$Error[0].FullyQualifiedErrorId"]),
        new("move", "Look first, then move",
            "A PowerShell console. Get-ImapMessage finds the old messages of a sender. With -WhatIf, Move-ImapMessage names each message "
            + "that it would move. Without, it moves them, and returns them where they are now.",
            [
                "Get-ImapMessage -From grace@ -Before 2026-11-20 | Move-ImapMessage Archive -WhatIf",
                "Get-ImapMessage -From grace@ -Before 2026-11-20 | Move-ImapMessage Archive -PassThru",
            ]),
    ];

    public string FilePath => Path.Combine(Repository.Root, "docs", "pictures", $"{Name}.svg");
}
