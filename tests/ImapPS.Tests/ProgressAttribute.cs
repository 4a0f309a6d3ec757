using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Xunit.v3;

namespace ImapPS.Tests;

/// <summary>
/// Says every half minute how far the tests of an assembly are, and what takes long: minutes of silence would look like a hang.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ProgressAttribute : BeforeAfterTestAttribute
{
    private const int MostNamed = 3;

    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(30);
    private static readonly ConcurrentDictionary<string, (string Name, long Since)> _running = new(StringComparer.Ordinal);
    private static readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private static readonly Lock _gate = new();
    private static Timer? _timer;
    private static int _ended;

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        ITestContext context = TestContext.Current;
        lock (_gate) _timer ??= new Timer(_ => context.SendDiagnosticMessage(Line()), state: null, _interval, _interval);
        _running[test.UniqueID] = ($"{methodUnderTest.DeclaringType?.Name}.{methodUnderTest.Name}", Stopwatch.GetTimestamp());
    }

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        _running.TryRemove(test.UniqueID, out _);
        Interlocked.Increment(ref _ended);
    }

    private static string Line()
    {
        IEnumerable<string> longest = _running.Values.OrderBy(test => test.Since).Take(MostNamed)
            .Select(test => FormattableString.Invariant($"{test.Name} ({Stopwatch.GetElapsedTime(test.Since).TotalSeconds:F0} s)"));
        return FormattableString.Invariant($@"{_elapsed.Elapsed:mm\:ss} {_ended} tests have ended; running: {string.Join(", ", longest)}");
    }
}
