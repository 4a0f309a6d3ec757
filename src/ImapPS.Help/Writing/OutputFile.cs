using System;
using System.IO;
using System.Text;

namespace ImapPS.Help.Writing;

/// <summary>Writes text as UTF-8 without a byte order mark, with LF; a file that says it already keeps its date.</summary>
internal static class OutputFile
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Write(string path, string text)
    {
        var bytes = _utf8.GetBytes(text.ReplaceLineEndings("\n"));
        if (File.Exists(path) && bytes.AsSpan().SequenceEqual(File.ReadAllBytes(path))) return;

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllBytes(path, bytes);
    }
}
