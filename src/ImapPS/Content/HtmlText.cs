using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using MimeKit.Text;
using NUglify;
using NUglify.Html;
using HtmlAttribute = MimeKit.Text.HtmlAttribute;

namespace ImapPS.Content;

/// <summary>
/// HTML as a person reads it. NUglify renders it; but mail's HTML is hostile, and NUglify goes down by recursion and knows nothing of
/// what is hidden: so MimeKit's tokenizer reads it first, and leaves a well-formed rest of bare tags, none deeper than a few levels.
/// Nothing is loaded, and no script is run or even parsed.
/// </summary>
internal sealed class HtmlText
{
    private const int MostOpen = 64;

    private static readonly Dictionary<HtmlTagId, string> _blocks = new()
    {
        [HtmlTagId.P] = "p",
        [HtmlTagId.H1] = "p",
        [HtmlTagId.H2] = "p",
        [HtmlTagId.H3] = "p",
        [HtmlTagId.H4] = "p",
        [HtmlTagId.H5] = "p",
        [HtmlTagId.H6] = "p",
        [HtmlTagId.UL] = "p",
        [HtmlTagId.OL] = "p",
        [HtmlTagId.DL] = "p",
        [HtmlTagId.BlockQuote] = "p",
        [HtmlTagId.Table] = "p",
        [HtmlTagId.Pre] = "pre",
        [HtmlTagId.Listing] = "pre",
        [HtmlTagId.Xmp] = "pre",
        [HtmlTagId.PlainText] = "pre",
        [HtmlTagId.LI] = "div",
        [HtmlTagId.DT] = "div",
        [HtmlTagId.DD] = "div",
        [HtmlTagId.TR] = "div",
        [HtmlTagId.Caption] = "div",
        [HtmlTagId.Div] = "div",
        [HtmlTagId.Center] = "div",
        [HtmlTagId.Address] = "div",
        [HtmlTagId.Article] = "div",
        [HtmlTagId.Aside] = "div",
        [HtmlTagId.Section] = "div",
        [HtmlTagId.Header] = "div",
        [HtmlTagId.Footer] = "div",
        [HtmlTagId.Main] = "div",
        [HtmlTagId.Nav] = "div",
        [HtmlTagId.Figure] = "div",
        [HtmlTagId.FigCaption] = "div",
        [HtmlTagId.Form] = "div",
        [HtmlTagId.FieldSet] = "div",
        [HtmlTagId.Details] = "div",
        [HtmlTagId.Summary] = "div",
    };

    /// <summary>Elements whose content is not for reading.</summary>
    private static readonly HashSet<HtmlTagId> _unread =
    [
        HtmlTagId.Title, HtmlTagId.Script, HtmlTagId.Style, HtmlTagId.NoFrames, HtmlTagId.NoEmbed, HtmlTagId.IFrame, HtmlTagId.Object,
        HtmlTagId.Applet, HtmlTagId.Audio, HtmlTagId.Video, HtmlTagId.Canvas, HtmlTagId.Select, HtmlTagId.DataList, HtmlTagId.Map, HtmlTagId.Xml,
    ];

    /// <summary>Elements without content, and so without an end.</summary>
    private static readonly HashSet<HtmlTagId> _void =
    [
        HtmlTagId.Area, HtmlTagId.Base, HtmlTagId.BaseFont, HtmlTagId.BGSound, HtmlTagId.Br, HtmlTagId.Col, HtmlTagId.Command, HtmlTagId.Embed, HtmlTagId.Frame,
        HtmlTagId.HR, HtmlTagId.Image, HtmlTagId.Input, HtmlTagId.IsIndex, HtmlTagId.Keygen, HtmlTagId.Link, HtmlTagId.Meta, HtmlTagId.NextId, HtmlTagId.Param,
        HtmlTagId.Source, HtmlTagId.Track, HtmlTagId.Wbr,
    ];

    private readonly LinkCollection _links;
    private readonly StringBuilder _html = new();
    private readonly List<(HtmlTagId Id, string? Tag)> _open = [];
    private HtmlTagId _hidden;
    private int _hiddenDepth;
    private int _anchors;
    private bool _atItem;

    private HtmlText(LinkCollection links) => _links = links;

    /// <summary>The text, and into the collection the links.</summary>
    public static string Render(string html, LinkCollection links, CancellationToken cancellationToken) =>
        new HtmlText(links).Render(html, cancellationToken);

    private string Render(string html, CancellationToken cancellationToken)
    {
        using var reader = new StringReader(html);
        var tokenizer = new HtmlTokenizer(reader) { DecodeCharacterReferences = true };
        while (tokenizer.ReadNextToken(out HtmlToken? token))
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (token)
            {
                case HtmlScriptDataToken:
                    break;
                case HtmlDataToken data:
                    Take(data.Data);
                    break;
                case HtmlTagToken { IsEndTag: true } end:
                    End(end.Id);
                    break;
                case HtmlTagToken start:
                    Start(start);
                    break;
            }
        }

        while (_open.Count > 0) Close();
        cancellationToken.ThrowIfCancellationRequested();
        return Tidy(Uglify.HtmlToText(_html.ToString(), HtmlToTextOptions.KeepStructure).Code ?? string.Empty);
    }

    private void Take(string text)
    {
        if (_hiddenDepth > 0) return;

        if (_anchors == 0) _links.AddFrom(text);
        _html.Append(text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;"));
        if (_atItem && !string.IsNullOrWhiteSpace(text)) _atItem = false;
    }

    private void Start(HtmlTagToken tag)
    {
        if (tag.Id is HtmlTagId.A or HtmlTagId.Area) Link(tag);

        if (_hiddenDepth > 0)
        {
            // A paragraph ends where the next block begins, and so does what a sender forgot to close.
            if (_hidden == HtmlTagId.P && _blocks.ContainsKey(tag.Id)) _hiddenDepth = 0;
            else if (tag.Id == HtmlTagId.Body) _hiddenDepth = 0;
            else
            {
                if (tag.Id == _hidden && !tag.IsEmptyElement) _hiddenDepth++;
                return;
            }
        }

        if (!_void.Contains(tag.Id) && !tag.IsEmptyElement && (_unread.Contains(tag.Id) || IsHidden(tag)))
        {
            _hidden = tag.Id;
            _hiddenDepth = 1;
            return;
        }

        switch (tag.Id)
        {
            case HtmlTagId.Br:
                _html.Append("<br>");
                break;
            case HtmlTagId.HR:
                Break();
                break;
            case HtmlTagId.TD or HtmlTagId.TH:
                _html.Append(' ');
                break;
            default:
                if (_blocks.TryGetValue(tag.Id, out string? block)) Open(tag.Id, block);
                break;
        }
    }

    private void End(HtmlTagId id)
    {
        if (_hiddenDepth > 0)
        {
            if (id == _hidden) _hiddenDepth--;
            else if (id == HtmlTagId.Body) _hiddenDepth = 0;
            return;
        }

        if (id == HtmlTagId.A) _anchors = 0;

        int depth = _open.FindLastIndex(open => open.Id == id);
        if (depth < 0) return;

        while (_open.Count > depth) Close();
    }

    private void Open(HtmlTagId id, string block)
    {
        // These end with the next of their kind, as nobody closes them.
        if (id is HtmlTagId.P or HtmlTagId.LI or HtmlTagId.DT or HtmlTagId.DD && _open.Count > 0 && _open[_open.Count - 1].Id == id) Close();
        if (_open.Count == MostOpen) return;

        // What opens right behind the bullet stays on its line.
        if (_atItem && id is not (HtmlTagId.LI or HtmlTagId.UL or HtmlTagId.OL or HtmlTagId.Pre))
        {
            _open.Add((id, null));
            return;
        }

        if (block == "p" && !IsInItem) Break();
        if (block == "p") block = "div";
        _html.Append('<').Append(block).Append('>');
        _open.Add((id, block));
        _atItem = id == HtmlTagId.LI;
        if (_atItem) _html.Append("- ");
    }

    private void Close()
    {
        (HtmlTagId id, string? tag) = _open[_open.Count - 1];
        _open.RemoveAt(_open.Count - 1);
        if (id == HtmlTagId.LI) _atItem = false;
        if (tag is null) return;

        _html.Append("</").Append(tag).Append('>');
        if (_blocks[id] != "div" && !IsInItem) Break();
    }

    private bool IsInItem => _open.Exists(open => open.Id == HtmlTagId.LI);

    /// <summary>An empty line; several are one in the end.</summary>
    private void Break() => _html.Append("<br><br>");

    private void Link(HtmlTagToken tag)
    {
        if (tag.Id == HtmlTagId.A && !tag.IsEmptyElement) _anchors = 1;
        if (Attribute(tag, HtmlAttributeId.Href) is { } target) _links.Add(target);
    }

    private static bool IsHidden(HtmlTagToken tag)
    {
        if (tag.Attributes.Count == 0) return false;

        foreach (HtmlAttribute attribute in tag.Attributes)
        {
            if (string.Equals(attribute.Name, "hidden", StringComparison.OrdinalIgnoreCase)) return true;
        }

        if (Attribute(tag, HtmlAttributeId.Style) is not { } style) return false;

        string bare = style.Replace(" ", string.Empty).ToUpperInvariant();
        return bare.Contains("DISPLAY:NONE") || bare.Contains("VISIBILITY:HIDDEN") || bare.Contains("MSO-HIDE:ALL");
    }

    private static string? Attribute(HtmlTagToken tag, HtmlAttributeId id)
    {
        foreach (HtmlAttribute attribute in tag.Attributes)
        {
            if (attribute.Id == id) return attribute.Value;
        }

        return null;
    }

    /// <summary>No more than one empty line in a row, no spaces at ends of lines, and none of the invisible characters that fill up previews.</summary>
    private static string Tidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        int empty = 0;
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } raw)
        {
            string line = Visible(raw).TrimEnd();
            if (line.Length == 0)
            {
                empty++;
                continue;
            }

            if (tidy.Length > 0) tidy.Append(empty > 0 ? "\n\n" : "\n");
            tidy.Append(line);
            empty = 0;
        }

        return tidy.ToString();
    }

    private static string Visible(string line)
    {
        if (line.IndexOfAny(['\u00a0', '\u00ad', '\u034f', '\u200b', '\ufeff']) < 0) return line;

        var visible = new StringBuilder(line.Length);
        foreach (char c in line)
        {
            if (c == '\u00a0') visible.Append(' ');
            else if (c is not ('\u00ad' or '\u034f' or '\u200b' or '\ufeff')) visible.Append(c);
        }

        return visible.ToString();
    }
}
