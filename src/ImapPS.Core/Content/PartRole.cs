namespace ImapPS.Content;

/// <summary>What a part is to a person who reads the message.</summary>
internal enum PartRole
{
    /// <summary>What holds other parts.</summary>
    Container,

    /// <summary>Text to be read.</summary>
    Text,

    /// <summary>What has been attached.</summary>
    Attachment,

    /// <summary>What the text shows, or another form of the text, such as a picture of the HTML.</summary>
    Shown,

    /// <summary>What programs read: a signature, a delivery report.</summary>
    Machine,
}
