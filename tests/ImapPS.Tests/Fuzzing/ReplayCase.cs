using CsCheck;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Fuzzing;

/// <summary>A recording of which some answers are changed.</summary>
/// <param name="Recording">What was recorded.</param>
/// <param name="Spared">Which part of its answers is left as it is, in thousandths.</param>
/// <param name="Edits">The changes. Some are of one answer, others of the next.</param>
/// <param name="Options">What else there is, by remainders.</param>
internal sealed record ReplayCase(Recording Recording, int Spared, Edit[] Edits, int Options)
{
    private readonly Lock _lock = new();
    private int _left = Spared * Recording.Exchanges.Sum(exchange => exchange.Answers.Count) / 1_000;
    private int _used;

    public static Gen<ReplayCase> Any { get; } = Gen.Select(
        Gen.Int[0, Recorder.All.Count - 1],
        Gen.Int[0, 999],
        Edit.Any.Array[1, 5],
        Gen.Int[0, 999_999],
        (recording, spared, edits, options) => new ReplayCase(Recorder.All[recording], spared, edits, options));

    /// <summary>In few cases, as it takes its time, the client has to find out that nothing more comes.</summary>
    public bool IsSilent => Options % 200 == 0;

    public bool IsLogged => Options % 3 == 0;

    /// <summary>Some sessions try again.</summary>
    public int RetryCount => Options / 3 % 3 == 0 ? 1 : 0;

    /// <summary>The answer as it is sent; null for as it was.</summary>
    public byte[]? Change(byte[] answer)
    {
        lock (_lock)
        {
            if (_used == Edits.Length || _left-- > 0) return null;

            do answer = Edits[_used++].Apply(answer);
            while (_used < Edits.Length && Edits[_used].Choice % 3 == 0);
            return answer;
        }
    }

    public override string ToString() =>
        $"{Recording.Server}: {Recording.Work}, {Spared}, [{string.Join(", ", (object[])Edits)}], {Options}";
}
