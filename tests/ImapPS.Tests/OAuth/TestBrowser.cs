using System.Collections.Concurrent;
using ImapPS.OAuth;

namespace ImapPS.Tests.OAuth;

/// <summary>What a browser does, without a window: it goes where it is sent. The login page of the tests asks nothing.</summary>
internal static class TestBrowser
{
    private static readonly HttpClient _client = new();

    /// <summary>The addresses that were opened.</summary>
    public static ConcurrentBag<Uri> Opened { get; } = [];

    public static void Use() => SystemBrowser.Open = address =>
    {
        Opened.Add(address);
        _ = _client.GetAsync(address);
    };
}
