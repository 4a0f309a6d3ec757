using System;
using System.IO;

namespace ImapPS.Benchmarks.Tools;

/// <summary>The peers' small programs, beside this one.</summary>
internal static class PeerFile
{
    public static string Of(string name) => Path.Combine(AppContext.BaseDirectory, "Peers", name);
}
