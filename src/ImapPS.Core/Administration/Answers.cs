using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Administration;

/// <summary>What a server answered to a command: the untagged responses that were waited for, and the tagged one.</summary>
/// <param name="tap">What has kept them.</param>
internal sealed class Answers(AnswerTap tap)
{
    private readonly IReadOnlyList<AnswerPart>[] _all = [.. tap.Answers.Select(AnswerReader.Read).Where(answer => answer.Count > 0)];

    /// <summary>The tagged response.</summary>
    public string Status { get; } = tap.Status;

    /// <summary>The responses of that name, each without it.</summary>
    public IEnumerable<IReadOnlyList<AnswerPart>> Of(string name) =>
        _all.Where(answer => answer[0].Is(name)).Select(answer => (IReadOnlyList<AnswerPart>)[.. answer.Skip(1)]);
}
