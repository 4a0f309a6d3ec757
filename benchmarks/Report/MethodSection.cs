namespace ImapPS.Benchmarks.Report;

/// <summary>How it is measured, for the reader of the page.</summary>
internal static class MethodSection
{
    public const string Text =
        """
        ## How it is measured

        `dotnet run -c Release --project benchmarks` starts a Dovecot on loopback, without TLS, fills mailboxes, and has each tool do the
        same work in turn. The numbers are medians. The programs of the peers are in `benchmarks/Peers`.

        - A process does the work twice: the first pass is cold, the second is warm. Both exclude the start of the process and the
          log-in. The tables compare the second pass. A tool with one pass is compared by that one. The one-liner is timed from outside,
          from the start of the process to its end, and is always cold.
        - mbsync is timed as a whole, too. It starts in a few milliseconds. It does not wait for the disk here (FSync no).
        - A tool that sends a command for each message has one run of one pass, where that takes long. MailKit (naive) is left out where it
          takes minutes: 310 s to move 10,000 messages.
        - Messages have many senders, encoded words, three Received fields, and one of four structures: text, text and HTML, text with an
          attachment, or all of it. The server has read each folder once before, so its indexes are warm. Messages that were moved are
          moved back between the runs.
        - After each run the program counts what was done. A tool that did less has no numbers.
        - "At 20 ms" is the time from a command to its answer. A relay holds back all that passes for 10 ms each way. It does not limit the
          throughput. Rows without a delay have nothing between the tool and the server.
        - Commands and octets are counted in a further run, which is not timed. The proxy that counts reads all that passes. Commands
          include the log-in and the log-out. They are counted for one pass, and not
          for tools that take more than 30 s for it.
        - Processor is the time of the whole process, its start and both passes included. Peak is its resident memory (GNU time).
        - imaplib hands over what the server sends without parsing it. It shows what the server and the line take. For "read sender,
          subject and date" only tools are measured that parse.
        - The goals "fastest of all" compare with every other tool of the row, imaplib included.

        - Mailboxes and files are in memory (/dev/shm) where there is that: on a disk the creation of many files takes now one time and now
          five times as long, whoever creates them.
        - ImapPS is measured as a user installs it: the package, which is compiled ahead.

        To find by wildcard means `Get-ImapMessage -Subject *inv?ice*`. No server knows wildcards: ImapPS and MailKit (well used) search
        for a part of it, read the subjects of what is found, and compare them. imaplib, imapflow and imapfilter have the server search for
        the word, and change what it finds without reading it, as all do in the rows without a wildcard.

        """;
}
