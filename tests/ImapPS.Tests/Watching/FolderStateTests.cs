using ImapPS.Models;
using ImapPS.Watching;

namespace ImapPS.Tests.Watching;

/// <summary>What a watch keeps of a folder, however long it runs.</summary>
public sealed class FolderStateTests
{
    private const int Many = 100_000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_many_arrivals_and_expunges_it_is_as_large_as_what_is_there(bool isExact)
    {
        const int There = 10;
        FolderState state = Watched(1, exact: isExact ? [] : null);
        for (uint uid = 1; uid <= Many; uid++)
        {
            Arrive(state, uid);
            if (uid > There) state.Remove(uid - There);
        }

        Assert.InRange(state.Size, There, There + 1);
        Assert.Equal(There, state.Count);
        Assert.True(state.MayBeThere(Many));
        Assert.False(state.MayBeThere(Many - There));
    }

    [Fact]
    public void Old_messages_cost_nothing_and_those_that_go_no_more_than_those_that_stay()
    {
        FolderState state = Watched(Many + 1, exact: null);
        Assert.Equal(1, state.Size);
        var random = new Random(1);
        uint[] order = [.. Enumerable.Range(1, Many).Select(uid => (uint)uid).OrderBy(_ => random.Next())];
        for (int i = 0; i < Many; i++)
        {
            state.Remove(order[i]);
            Assert.True(state.Size <= Many - i, FormattableString.Invariant($"{state.Size} for {Many - i - 1} messages"));
        }

        Assert.Equal(0, state.Size);
    }

    [Fact]
    public void A_watch_for_arrivals_alone_keeps_no_message()
    {
        var state = new FolderState("INBOX", 1);
        state.Begin(1, 0);
        for (uint uid = 1; uid <= Many; uid++) Arrive(state, uid);
        Assert.Equal(0, state.Size);
        Assert.Equal(Many + 1U, state.UidNext);
    }

    [Theory]
    [InlineData(1, 120)]
    [InlineData(20, 350)]
    public void A_message_that_is_there_costs_few_bytes(int combinations, int most)
    {
        string[][] keywords = [.. Enumerable.Range(0, combinations)
            .Select<int, string[]>(i => i == 0 ? [] : [$"label{(char)('a' + i)}", "work"])];
        FolderState state = Watched(1, exact: null);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (uint uid = 1; uid <= Many; uid++)
        {
            state.Add(uid);
            state.Note(uid, ImapMessageFlags.Seen, keywords[uid % combinations]);
        }

        // With what was thrown away as the table grew, and the words that were compared.
        long bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Many;
        TestContext.Current.TestOutputHelper!.WriteLine(
            FormattableString.Invariant($"{bytes} bytes per message, with {combinations} sets of keywords."));
        Assert.InRange(bytes, 1, most);
    }

    [Fact]
    public void UIDs_that_no_message_has_are_found_out_before_they_are_many()
    {
        // Every second message was gone before the watch began, of which it knows nothing.
        FolderState state = Watched(20_001, exact: null);
        uint uid = 2;
        for (; !state.IsTooLarge(10_000 - (int)(uid / 2)); uid += 2) state.Remove(uid);
        Assert.InRange(state.Size, 1_000, 10_000);

        state.Keep([.. Enumerable.Range((int)uid / 2, 50).Select(i => (uint)i * 2)]);
        Assert.Equal(50, state.Size);
        Assert.False(state.MayBeThere(1));
        Assert.True(state.MayBeThere(uid));
        Assert.False(state.IsTooLarge(50));
    }

    [Fact]
    public void Flags_of_messages_that_went_untold_are_forgotten_and_the_others_are_not_told_again()
    {
        var state = new FolderState("INBOX", 1) { NotesFlags = true };
        state.Begin(1, 0);
        uint uid = 1;
        for (; !state.IsTooLarge(10); uid++) Arrive(state, uid);
        Assert.InRange(state.Size, 1_000, 2_000);

        state.Keep([1, 2, 3]);
        Assert.Equal(3, state.Size);
        Assert.False(state.Note(2, ImapMessageFlags.None, ["work"]));
        Assert.True(state.Note(2, ImapMessageFlags.None, ["done"]));
        Assert.True(state.Note(2, ImapMessageFlags.Seen, ["done"]));
        Assert.False(state.Note(2, ImapMessageFlags.Seen, ["done"]));
    }

    private static FolderState Watched(uint uidNext, uint[]? exact)
    {
        var state = new FolderState("INBOX", 1) { NotesFlags = true };
        state.Begin(uidNext, exact?.Length ?? 0);
        state.KeepTrack(exact);
        return state;
    }

    private static void Arrive(FolderState state, uint uid)
    {
        state.Add(uid);
        state.Note(uid, ImapMessageFlags.None, ["work"]);
    }
}
