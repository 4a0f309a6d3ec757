using System.Text;
using System.Text.RegularExpressions;
using ImapPS.Models;
using ImapPS.Tests.Fuzzing;
using ImapPS.Transfers;

namespace ImapPS.Tests.Content;

/// <summary>
/// Messages that were changed at random: whatever they are, they are read, their attachments are saved, and nowhere else than where they
/// are to be, in no time and little memory. IMAPPS_TEST_FUZZ says how many: five times that.
/// </summary>
public sealed partial class GarbledMessageTests
{
    private const int HeapMegabytes = 200;

    [Fact]
    public Task Every_one_is_read_and_its_attachments_are_saved() => LimitedProcess.FuzzAsync(typeof(MessageRun), HeapMegabytes);

    /// <summary>What is saved is what the content lists, and does not depend on whether the server can tell the structure.</summary>
    [Fact]
    public async Task Unchanged_messages_are_saved_by_their_structure_as_from_their_source()
    {
        await using var worker = new MessageWorker();
        int structures = 0;
        foreach (byte[] message in MessageRun.Messages)
        {
            SaveResult byStructure = await worker.WorkAsync(message, MessageWorker.ByStructure, TestContext.Current.CancellationToken);
            bool hasReadSource = worker.HasReadSource;
            string said = string.Join('\n', worker.Transcript);
            worker.TakeStrays();
            SaveResult bySource = await worker.WorkAsync(message, MessageWorker.BySource, TestContext.Current.CancellationToken);
            worker.TakeStrays();
            string[] expected = Names(bySource);
            Assert.True(expected.SequenceEqual(Names(byStructure)),
                $"{string.Join(", ", expected)}\n{string.Join(", ", Names(byStructure))}\n{said}\n{Encoding.Latin1.GetString(message)}");
            Assert.False(hasReadSource, said);
            Assert.True(expected.Length == worker.Listed.Count && expected.Zip(worker.Listed).All(one => IsNamed(one.First, one.Second)),
                $"listed {string.Join(", ", worker.Listed.Select(listed => listed.Name))}\nsaved {string.Join(", ", expected)}\n{said}\n"
                + Encoding.Latin1.GetString(message));
            if (expected.Length > 0) structures++;
        }

        Assert.True(structures > MessageRun.Messages.Length / 3, $"{structures}");
    }

    /// <summary>Where a name is a plain one, its file has it, or a number more.</summary>
    private static bool IsNamed(string file, ImapAttachment listed) =>
        !PlainName().IsMatch(listed.Name) || Number().Replace(file, "") == listed.Name;

    [GeneratedRegex(@"^[\w-]+\.\w+$")]
    private static partial Regex PlainName();

    [GeneratedRegex(@" \(\d+\)(?=\.)")]
    private static partial Regex Number();

    private static string[] Names(SaveResult result) => [.. result.Saved.Select(file => file.Name)];
}
