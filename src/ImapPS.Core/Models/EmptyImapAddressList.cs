using System;
using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ImapPS.Models;

/// <summary>A list of nobody. PowerShell takes it for false, as it does <see cref="EmptyImapList{T}"/>.</summary>
[SuppressMessage("Design", "MA0097", Justification = ImapList<string>.NoOperators)]
internal sealed class EmptyImapAddressList() : ImapAddressList([]), IList
{
    int ICollection.Count => 0;

    bool ICollection.IsSynchronized => true;

    object ICollection.SyncRoot => this;

    bool IList.IsFixedSize => true;

    bool IList.IsReadOnly => true;

    object? IList.this[int index]
    {
        get => this[index];
        set => throw new NotSupportedException();
    }

    int IList.Add(object? value) => throw new NotSupportedException();

    void IList.Clear() => throw new NotSupportedException();

    bool IList.Contains(object? value) => false;

    void ICollection.CopyTo(Array array, int index)
    {
    }

    int IList.IndexOf(object? value) => -1;

    void IList.Insert(int index, object? value) => throw new NotSupportedException();

    void IList.Remove(object? value) => throw new NotSupportedException();

    void IList.RemoveAt(int index) => throw new NotSupportedException();
}
