using System;
using System.Threading.Tasks;
using MailKit;

namespace ImapPS.Changing;

/// <summary>What the server tells of messages that go.</summary>
internal static class ExpungeNotices
{
    /// <summary>How many messages the server tells of as expunged.</summary>
    public static async Task<int> CountAsync(IMailFolder folder, Func<Task> expunge)
    {
        int told = 0;
        void Gone(object? sender, MessageEventArgs e) => told++;
        void Vanished(object? sender, MessagesVanishedEventArgs e) => told += e.UniqueIds.Count;

        folder.MessageExpunged += Gone;
        folder.MessagesVanished += Vanished;
        try
        {
            await expunge().ConfigureAwait(false);
            return told;
        }
        finally
        {
            folder.MessageExpunged -= Gone;
            folder.MessagesVanished -= Vanished;
        }
    }
}
