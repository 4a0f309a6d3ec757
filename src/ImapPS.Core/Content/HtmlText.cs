using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using MimeKit.Text;

namespace ImapPS.Content;

/// <summary>
/// HTML as a person reads it: token by token straight into lines of text. Mail's HTML is hostile, and a tree of it takes a hundred times
/// its size. Nothing is loaded, and no script is run or even parsed.
/// </summary>
internal sealed class HtmlText
{
    private const int MostOpen = 64;

    private const string Line = "div";

    private readonly LinkCollection _links;
    private readonly TextLayout _text = new();
    private readonly List<(HtmlTagId Id, string? Block)> _open = [];
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
        var tokenizer = new BoundedTokenizer(reader) { DecodeCharacterReferences = true };
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
        return _text.ToString();
    }

    private void Take(string text)
    {
        if (_hiddenDepth > 0) return;

        if (_anchors == 0) _links.AddFrom(text);
        if (_open.Exists(open => open.Block == "pre")) _text.AppendPreformatted(text);
        else _text.Append(text);
        if (_atItem && !string.IsNullOrWhiteSpace(text)) _atItem = false;
    }

    private void Start(HtmlTagToken tag)
    {
        if (tag.Id is HtmlTagId.A or HtmlTagId.Area) Link(tag);

        if (_hiddenDepth > 0)
        {
            // A paragraph ends where the next block begins, and so does what a sender forgot to close.
            if (_hidden == HtmlTagId.P && HtmlElements.Blocks.ContainsKey(tag.Id)) _hiddenDepth = 0;
            else if (tag.Id == HtmlTagId.Body) _hiddenDepth = 0;
            else
            {
                if (tag.Id == _hidden && !tag.IsEmptyElement) _hiddenDepth++;
                return;
            }
        }

        if (!HtmlElements.Void.Contains(tag.Id) && !tag.IsEmptyElement && (HtmlElements.Unread.Contains(tag.Id) || IsHidden(tag)))
        {
            _hidden = tag.Id;
            _hiddenDepth = 1;
            return;
        }

        switch (tag.Id)
        {
            case HtmlTagId.Br:
                _text.EndLine();
                break;
            case HtmlTagId.HR:
                _text.EndParagraph();
                break;
            case HtmlTagId.TD or HtmlTagId.TH:
                _text.Append(" ");
                break;
            default:
                if (HtmlElements.Blocks.TryGetValue(tag.Id, out string? block)) Open(tag.Id, block);
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
        if (id is HtmlTagId.P or HtmlTagId.LI or HtmlTagId.DT or HtmlTagId.DD && _open.Count > 0 && _open[_open.Count - 1].Id == id)
        {
            Close();
        }

        if (_open.Count == MostOpen) return;

        // What opens right behind the bullet stays on its line.
        if (_atItem && id is not (HtmlTagId.LI or HtmlTagId.UL or HtmlTagId.OL or HtmlTagId.Pre))
        {
            _open.Add((id, null));
            return;
        }

        if (block == "p" && !IsInItem) _text.EndParagraph();
        else _text.EndOpenLine();
        _open.Add((id, block));
        _atItem = id == HtmlTagId.LI;
        if (_atItem) _text.Append("- ");
    }

    private void Close()
    {
        (HtmlTagId id, string? block) = _open[_open.Count - 1];
        _open.RemoveAt(_open.Count - 1);
        if (id == HtmlTagId.LI) _atItem = false;
        if (block is null) return;

        if (block == Line || IsInItem) _text.EndOpenLine();
        else _text.EndParagraph();
    }

    private bool IsInItem => _open.Exists(open => open.Id == HtmlTagId.LI);

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
}
