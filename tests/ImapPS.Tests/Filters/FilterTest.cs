using System.Globalization;
using System.Management.Automation;
using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Filters;

/// <summary>Filters in an engine, without a server.</summary>
public abstract class FilterTest : IDisposable
{
    private readonly Lazy<PowerShellEngine> _engine;

    protected FilterTest()
    {
        _engine = new Lazy<PowerShellEngine>(() => Start(Culture));
    }

    protected virtual CultureInfo Culture => CultureInfo.InvariantCulture;

    protected PowerShellEngine Engine => _engine.Value;

    public void Dispose()
    {
        if (_engine.IsValueCreated) Engine.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>An engine that knows Test-Filter.</summary>
    internal static PowerShellEngine Start(CultureInfo culture)
    {
        var engine = new PowerShellEngine(new EngineOptions { NonInteractive = true, Culture = culture });
        EngineResult imported =
            engine.Invoke("Import-Module -Assembly $tests",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["tests"] = typeof(FilterTest).Assembly });
        Assert.Empty(imported.AllErrors);
        return engine;
    }

    internal static ImapMessage Message(uint uid, string subject = "", long size = 1000, string from = "alice@example.org",
        ImapMessageFlags flags = ImapMessageFlags.None) =>
        new()
        {
            Uid = uid,
            Subject = subject,
            Size = size,
            Flags = flags,
            From = ImapAddressList.Of([new ImapAddress("", from)]),
            Received = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero),
        };

    protected EngineResult Run(string script, params ImapMessage[] messages) =>
        Engine.Invoke(script, new Dictionary<string, object?>(StringComparer.Ordinal) { ["messages"] = messages });

    protected IReadOnlyList<PSObject> Succeed(string script, params ImapMessage[] messages)
    {
        EngineResult result = Run(script, messages);
        Assert.Equal([], result.AllErrors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"));
        return result.Output;
    }

    /// <summary>The SEARCH that a filter is compiled to.</summary>
    protected string Search(string filter, string before = "") =>
        (string)Assert.Single(Succeed($"{before}\nTest-Filter {{ {filter} }} -Search")).BaseObject;

    protected IEnumerable<string> ComparedLocally(string filter) => Succeed($"Test-Filter {{ {filter} }} -Left")
        .Select(left => (string)left.BaseObject);
}
