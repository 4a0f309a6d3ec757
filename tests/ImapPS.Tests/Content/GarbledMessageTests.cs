using ImapPS.Tests.Fuzzing;

namespace ImapPS.Tests.Content;

/// <summary>
/// Messages that were changed at random: whatever they are, they are read, their attachments are saved, and nowhere else than where they
/// are to be, in no time and little memory. IMAPPS_TEST_FUZZ says how many: ten times that.
/// </summary>
public sealed class GarbledMessageTests
{
    private const int HeapMegabytes = 200;

    [Fact]
    public Task Every_one_is_read_and_its_attachments_are_saved() => LimitedProcess.FuzzAsync(typeof(MessageRun), HeapMegabytes);
}
