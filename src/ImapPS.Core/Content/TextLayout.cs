using System.Text;

namespace ImapPS.Content;

/// <summary>
/// Lines of text in the making: white space is one space, no line ends in one, no more than one empty line in a row, and none of the
/// invisible characters that fill up previews.
/// </summary>
internal sealed class TextLayout
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _line = new();
    private bool _isAfterEmpty;
    private bool _endedWithReturn;

    /// <summary>Text in which white space means no more than that.</summary>
    public void Append(string text)
    {
        foreach (char c in text)
        {
            if (c is not (' ' or '\t' or '\n' or '\r' or '\f')) Put(c);
            else if (_line.Length > 0 && _line[_line.Length - 1] != ' ') _line.Append(' ');
        }
    }

    /// <summary>Text that is laid out already.</summary>
    public void AppendPreformatted(string text)
    {
        foreach (char c in text)
        {
            if (c is '\n' or '\r')
            {
                if (c == '\r' || !_endedWithReturn) EndLine();
            }
            else
            {
                Put(c);
            }

            _endedWithReturn = c == '\r';
        }
    }

    /// <summary>Ends the line, which may be empty.</summary>
    public void EndLine()
    {
        int length = _line.Length;
        while (length > 0 && char.IsWhiteSpace(_line[length - 1])) length--;
        if (length == 0)
        {
            _isAfterEmpty = true;
        }
        else
        {
            if (_text.Length > 0) _text.Append(_isAfterEmpty ? "\n\n" : "\n");
            _text.Append(_line.ToString(0, length));
            _isAfterEmpty = false;
        }

        _line.Clear();
    }

    /// <summary>Ends the line if there is something on it.</summary>
    public void EndOpenLine()
    {
        if (_line.Length > 0) EndLine();
    }

    /// <summary>Ends the line, and leaves an empty one.</summary>
    public void EndParagraph()
    {
        EndOpenLine();
        _isAfterEmpty = true;
    }

    public override string ToString()
    {
        EndOpenLine();
        return _text.ToString();
    }

    private void Put(char c)
    {
        if (c == '\u00a0') _line.Append(' ');
        else if (c is not ('\u00ad' or '\u034f' or '\u200b' or '\ufeff')) _line.Append(c);
    }
}
