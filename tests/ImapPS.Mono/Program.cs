using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Administration;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using ImapPS.Search;
using ImapPS.Sessions;

namespace ImapPS.Mono;

/// <summary>
/// Connects, lists, searches, fetches, moves and sends a command with the net472 build's Sessions, Mailbox and Search, for a runtime that
/// has no PowerShell. Arguments: host, port, user, password, certificate thumbprint. The mailbox holds messages named "weekly". With the
/// one argument "load" it only loads what there is.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments.Length == 1 && arguments[0] == "load") return Loading.Run();

        var address = ServerAddress.Parse(arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture), ImapSecurity.StartTls);
        var settings = new ConnectionSettings(address, Identity.Of(new NetworkCredential(arguments[2], arguments[3])))
        {
            Trust = new Trust { Pins = [CertificatePin.Read(arguments[4])!] },
        };
        using var session = new SessionConnection("mono", settings, new Somebody(), id => id == 1);
        await session.OpenAsync(CancellationToken.None);
        Console.WriteLine($"security: {session.Security}");

        var mailbox = new MailboxAccess(session, new Caller());
        IReadOnlyList<ImapFolder> folders = await new FolderReader(mailbox)
            .ListAsync(_ => true, subscribedOnly: false, status: true, CancellationToken.None);
        Console.WriteLine($"folders: {string.Join(", ", folders.Select(folder => folder.Path))}");

        var criteria = new MessageCriteria([new HeaderCriterion("Subject", "Subject", [new TextPattern("weekly", Matches: null)])]);
        var reader = new MessageReader(mailbox);
        SearchResult found = await new MessageSearch(mailbox, criteria, ListingOrder.Arrival)
            .RunAsync("INBOX", among: null, uidValidity: null, CancellationToken.None);
        Console.WriteLine($"found: {found.Uids.Count}");

        var batch = new MessageBatch(found.Folder, found.UidValidity);
        await foreach (MessageWindow window in reader.ReadAsync(found, CancellationToken.None))
        {
            foreach (ImapMessage message in window.Messages)
            {
                Console.WriteLine($"message: {message.Uid} {message.From.Single().NameAndAddress} {message.Subject}");
                batch.Add(message);
            }
        }

        TransferDestination destination = await TransferDestination.PrepareAsync(mailbox, "Moved", create: true, CancellationToken.None);
        await foreach (ChangeResult result in new MessageMover(mailbox, destination).MoveAsync(batch, CancellationToken.None))
        {
            foreach (ImapMessage message in result.Arrived) Console.WriteLine($"moved: {message.Folder} {message.Uid} {message.Subject}");
        }

        // Through MailKit's own queue, which is not public.
        ImapCommandResult answer = await new CommandAccess(mailbox).SendAsync(
            RawCommand.Of("LIST", [string.Empty, "Mo*"], inFolder: false),
            CommandScope.Account,
            takesRefusal: false,
            CancellationToken.None);
        Console.WriteLine($"command: {answer.Status} {answer.Untagged}");

        await session.CloseAsync(CancellationToken.None);
        return 0;
    }

    private sealed class Somebody : ISessionOwner
    {
        public bool IsGone => false;
    }

    private sealed class Caller : ISessionCaller
    {
        public CancellationToken Abort => CancellationToken.None;

        public void Begin(SessionConnection session)
        {
        }

        public void Verbose(string message) => Console.WriteLine($"verbose: {message}");

        public void Warning(string message) => Console.WriteLine($"warning: {message}");

        public Task<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken) => Task.FromResult(question());

        public void Error(ImapException exception)
        {
        }

        public void ConnectionLost()
        {
        }
    }
}
